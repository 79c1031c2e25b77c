import type { Point, Ring } from '../../domain/annotation/shape'
import type { Rle } from '../../domain/finding'
import { cropOf } from './crop'

/** Steps to the right, down, left and up. */
const steps = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const

/**
 * Outlines of a mask along the edges of its pixels: for each region (4-connectivity) its outer ring, clockwise, and
 * those of its holes, counter-clockwise. Filling them by pixel centres gives the very same mask.
 */
export function outlineOf(rle: Rle): Ring[][] {
  const { mask, box } = cropOf(rle)
  const [left, top, columns, rows] = box
  const set = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < columns && y < rows && mask[y * columns + x] === 1
  const regions = regionsOf(mask, rows, columns)
  const traced = new Uint8Array(mask.length)
  const parts = new Map<number, Ring[]>()
  for (let at = 0; at < mask.length; at++) {
    if (traced[at] === 1 || mask[at] === 0) continue
    const [x, y] = [at % columns, Math.floor(at / columns)]
    if (set(x, y - 1)) continue
    const ring = trace(x, y, set, (px, py) => {
      traced[py * columns + px] = 1
    }).map(([px, py]): Point => [px + left, py + top])
    const region = regions[at] ?? 0
    const rings = parts.get(region)
    // the first pixel of a region in reading order lies on its outer ring
    if (rings) rings.push(ring)
    else parts.set(region, [ring])
  }
  return [...parts.values()]
}
/** Walks along the edges with the set pixel on the right, from the top edge of a pixel; corners only. */
function trace(
  startX: number,
  startY: number,
  set: (x: number, y: number) => boolean,
  passTop: (x: number, y: number) => void,
): Ring {
  const ring: Point[] = []
  let [x, y, way] = [startX, startY, 0]
  do {
    if (way === 0) passTop(x, y)
    const [stepX, stepY] = steps[way] ?? steps[0]
    x += stepX
    y += stepY
    const [left, right] = ahead(x, y, way)
    const next = !set(...right) ? (way + 1) % 4 : set(...left) ? (way + 3) % 4 : way
    if (next !== way) ring.push([x, y])
    way = next
  } while (x !== startX || y !== startY || way !== 0)
  return ring
}

/** The pixels left and right of the next step from a corner. */
function ahead(x: number, y: number, way: number): [[number, number], [number, number]] {
  switch (way) {
    case 0:
      return [
        [x, y - 1],
        [x, y],
      ]
    case 1:
      return [
        [x, y],
        [x - 1, y],
      ]
    case 2:
      return [
        [x - 1, y],
        [x - 1, y - 1],
      ]
    default:
      return [
        [x - 1, y - 1],
        [x, y - 1],
      ]
  }
}

/** Number of the region (4-connectivity) of each set pixel, from 1. */
function regionsOf(mask: Uint8Array, rows: number, columns: number): Int32Array {
  const regions = new Int32Array(mask.length)
  const waiting: number[] = []
  let count = 0
  for (let first = 0; first < mask.length; first++) {
    if (mask[first] === 0 || regions[first] !== 0) continue
    count++
    regions[first] = count
    waiting.push(first)
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const column = at % columns
      const near = [
        column > 0 ? at - 1 : -1,
        column < columns - 1 ? at + 1 : -1,
        at - columns,
        at + columns < rows * columns ? at + columns : -1,
      ]
      for (const other of near) {
        if (other < 0 || mask[other] === 0 || regions[other] !== 0) continue
        regions[other] = count
        waiting.push(other)
      }
    }
  }
  return regions
}
