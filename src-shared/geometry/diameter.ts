import type { Rle } from '../domain/finding'
import { forEachSetRun } from './rle'

/** A point of the pixel grid: x to the right, y down, from the outer corner of the first pixel. */
export type Corner = readonly [x: number, y: number]

/** Convex hull of the outer corners of every set pixel, counter-clockwise, without points on its edges. */
export function hullOfMask(mask: Rle): Corner[] {
  const left = new Map<number, number>()
  const right = new Map<number, number>()
  forEachSetRun(mask, (start, length) => {
    for (let at = start; at < start + length; ) {
      const row = Math.floor(at / mask.columns)
      const stop = Math.min(start + length, (row + 1) * mask.columns)
      const [first, last] = [at - row * mask.columns, stop - row * mask.columns]
      left.set(row, Math.min(first, left.get(row) ?? first))
      right.set(row, Math.max(last, right.get(row) ?? last))
      at = stop
    }
  })
  const corners: Corner[] = []
  for (const [row, x] of left) corners.push([x, row], [x, row + 1])
  for (const [row, x] of right) corners.push([x, row], [x, row + 1])
  return convexHull(corners)
}

/** Andrew's monotone chain. */
export function convexHull(points: readonly Corner[]): Corner[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  if (sorted.length < 3) return sorted
  const lower = chain(sorted)
  const upper = chain(sorted.reverse())
  return [...lower.slice(0, -1), ...upper.slice(0, -1)]
}

function chain(points: readonly Corner[]): Corner[] {
  const hull: Corner[] = []
  for (const point of points) {
    while (hull.length >= 2 && !turnsLeft(hull.at(-2), hull.at(-1), point)) hull.pop()
    hull.push(point)
  }
  return hull
}

function turnsLeft(a: Corner | undefined, b: Corner | undefined, c: Corner): boolean {
  if (!a || !b) return true
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0
}

/**
 * Longest distance in millimetres between two points of a hull. Measured between outer pixel corners, so a
 * single pixel is as long as its diagonal. `spacing` is the distance between rows, then between columns.
 */
export function longestDiameter(hull: readonly Corner[], spacing: readonly [number, number]): number {
  let longest = 0
  for (const [i, a] of hull.entries()) {
    for (let j = i + 1; j < hull.length; j++) {
      const b = hull[j]
      if (b) longest = Math.max(longest, Math.hypot((a[0] - b[0]) * spacing[1], (a[1] - b[1]) * spacing[0]))
    }
  }
  return longest
}
