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
  const at = (part: number) => {
    const node = (r: number, c: number) => field[part * nodes * nodes + r * nodes + c] as number
    const top = node(row, column) * (1 - across) + node(row, column + 1) * across
    const bottom = node(row + 1, column) * (1 - across) + node(row + 1, column + 1) * across
    return top * (1 - down) + bottom * down
  }
  return [at(0), at(1)]
}

/** The node before a place, and how far beyond it, eased in and out. */
function place(value: number): [number, number] {
  const inside = Math.min(nodes - 1.000001, Math.max(0, value))
  const node = Math.floor(inside)
  const part = inside - node
  return [node, part * part * (3 - 2 * part)]
}
