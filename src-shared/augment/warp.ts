import type { Point } from '../domain/annotation/shape'
import type { AugmentationRecipe } from '../domain/data-set/augmentation'
import type { Chance } from './chance'

/** Nodes of the elastic field along each side. */
const nodes = 5
const iterations = 12

/** How the points of a picture move: mirrored, turned and scaled about its middle, then pushed about. */
export interface Warp {
  flipX: boolean
  flipY: boolean
  /** Degrees clockwise. */
  angle: number
  scale: number
  /** Displacements in pixels at 5 x 5 nodes over the picture, x then y; null for none. */
  field: Float64Array | null
  rows: number
  columns: number
}

/** A warp by chance within the bounds of a recipe. */
export function drawWarp(
  { flip, rotate = 0, scale = [1, 1], elastic = 0 }: AugmentationRecipe,
  { rows, columns }: { rows: number; columns: number },
  chance: Chance,
): Warp {
  const reach = elastic * Math.min(rows, columns)
  const [flipX, flipY] = [chance.next() < (flip?.horizontal ?? 0), chance.next() < (flip?.vertical ?? 0)]
  const angle = rotate === 0 ? 0 : chance.between(-rotate, rotate)
  const factor = Math.exp(chance.between(Math.log(scale[0]), Math.log(scale[1])))
  const field =
    reach > 0 ? Float64Array.from({ length: 2 * nodes * nodes }, () => chance.between(-reach, reach)) : null
  return { flipX, flipY, angle, scale: factor, field, rows, columns }
}

/** Where a point of the picture comes to lie in the variant. */
export function forward(warp: Warp, point: Point): Point {
  let to = turned(warp, point)
  for (let i = 0; warp.field && i < iterations; i++) {
    const [dx, dy] = displacement(warp, to)
    to = turned(warp, [point[0] - dx, point[1] - dy])
  }
  return to
}

/** Which point of the picture a point of the variant shows. */
export function backward(warp: Warp, point: Point): Point {
  const { flipX, flipY, angle, scale, rows, columns } = warp
  const turn = (-angle * Math.PI) / 180
  const [cos, sin] = [Math.cos(turn) / scale, Math.sin(turn) / scale]
  const [x, y] = [point[0] - columns / 2, point[1] - rows / 2]
  const [u, v] = [x * cos - y * sin, x * sin + y * cos]
  const [dx, dy] = displacement(warp, point)
  return [columns / 2 + (flipX ? -u : u) + dx, rows / 2 + (flipY ? -v : v) + dy]
}

/** What the centres of a row of the variant show: places in the picture, one for each column. */
export interface ShownRow {
  xs: Float64Array
  ys: Float64Array
}

/**
 * `backward` for the centres of all pixels, a row at a time and without a point made for each: the same numbers. The
 * arrays of a row are those of the next.
 */
export function shownRows(warp: Warp): (row: number) => ShownRow {
  const { flipX, flipY, angle, scale, field, rows, columns } = warp
  const turn = (-angle * Math.PI) / 180
  const [cos, sin] = [Math.cos(turn) / scale, Math.sin(turn) / scale]
  const [signX, signY] = [flipX ? -1 : 1, flipY ? -1 : 1]
  const shown = { xs: new Float64Array(columns), ys: new Float64Array(columns) }
  const nodeOf = new Int32Array(columns)
  const acrossOf = new Float64Array(columns)
  for (let column = 0; field && column < columns; column++) {
    const [node, across] = place(((column + 0.5) / columns) * (nodes - 1))
    nodeOf[column] = node
    acrossOf[column] = across
  }
  return (row) => {
    const { xs, ys } = shown
    const y = row + 0.5 - rows / 2
    const [nodeRow, down] = field ? place(((row + 0.5) / rows) * (nodes - 1)) : [0, 0]
    for (let column = 0; column < columns; column++) {
      const x = column + 0.5 - columns / 2
      xs[column] = columns / 2 + signX * (x * cos - y * sin)
      ys[column] = rows / 2 + signY * (x * sin + y * cos)
      if (!field) continue
      const at = nodeRow * nodes + (nodeOf[column] as number)
      const across = acrossOf[column] as number
      xs[column] = (xs[column] as number) + between(field, at, across, down)
      ys[column] = (ys[column] as number) + between(field, at + nodes * nodes, across, down)
    }
    return shown
  }
}

function turned({ flipX, flipY, angle, scale, rows, columns }: Warp, [x, y]: Point): Point {
  const turn = (angle * Math.PI) / 180
  const [cos, sin] = [Math.cos(turn) * scale, Math.sin(turn) * scale]
  const [u, v] = [(x - columns / 2) * (flipX ? -1 : 1), (y - rows / 2) * (flipY ? -1 : 1)]
  return [columns / 2 + u * cos - v * sin, rows / 2 + u * sin + v * cos]
}

/** Between the nodes, smoothly. */
function displacement({ field, rows, columns }: Warp, [x, y]: Point): Point {
  if (!field) return [0, 0]
  const [column, across] = place((x / columns) * (nodes - 1))
  const [row, down] = place((y / rows) * (nodes - 1))
  const at = row * nodes + column
  return [between(field, at, across, down), between(field, at + nodes * nodes, across, down)]
}

/** Between the node at a place of the field and its three neighbours to the right and below. */
function between(field: Float64Array, at: number, across: number, down: number): number {
  const top = (field[at] as number) * (1 - across) + (field[at + 1] as number) * across
  const low = at + nodes
  const bottom = (field[low] as number) * (1 - across) + (field[low + 1] as number) * across
  return top * (1 - down) + bottom * down
}

/** The node before a place, and how far beyond it, eased in and out. */
function place(value: number): [number, number] {
  const inside = Math.min(nodes - 1.000001, Math.max(0, value))
  const node = Math.floor(inside)
  const part = inside - node
  return [node, part * part * (3 - 2 * part)]
}
