import type { Rle } from '../../domain/finding'
import { regionsOf } from '../regions'
import { decodeRle } from '../rle'
import { cropOf, pasteCrop } from './crop'

type Rule = (left: boolean, right: boolean) => boolean

/** Pixels of either mask. Masks must have one size. */
export const union = (left: Rle, right: Rle): Rle => combine(left, right, (a, b) => a || b)
/** Pixels of the first mask that the second has not. */
export const subtract = (left: Rle, right: Rle): Rle => combine(left, right, (a, b) => a && !b)
/** Pixels of both masks. */
export const intersect = (left: Rle, right: Rle): Rle => combine(left, right, (a, b) => a && b)

/** Goes along the runs of two masks at once, without spreading them out. */
function combine(left: Rle, right: Rle, rule: Rule): Rle {
  const total = left.rows * left.columns
  const runs: number[] = []
  let [i, j, at, set, length] = [0, 0, 0, false, 0]
  let [leftEnd, rightEnd] = [left.runs[0] ?? total, right.runs[0] ?? total]
  while (at < total) {
    const next = Math.min(leftEnd, rightEnd, total)
    if (next > at) {
      const now = rule(i % 2 === 1, j % 2 === 1)
      if (now !== set) {
        runs.push(length)
        length = 0
        set = now
      }
      length += next - at
      at = next
    }
    while (leftEnd <= at && i < left.runs.length) leftEnd += left.runs[++i] ?? total
    while (rightEnd <= at && j < right.runs.length) rightEnd += right.runs[++j] ?? total
  }
  runs.push(length)
  return { rows: left.rows, columns: left.columns, runs }
}

/** The connected regions (8-connectivity) of a mask, each as a mask of the same image. */
export function splitMask(rle: Rle): Rle[] {
  const { box, mask } = cropOf(rle)
  const [, , columns, rows] = box
  return regionsOf(mask, mask, rows, columns).map((region) => {
    const inside = decodeRle(region.mask)
    return pasteCrop({ box, mask: inside }, rle.rows, rle.columns)
  })
}

/** A mask without holes: everything that cannot be reached from its edge across and down (4-connectivity) is set. */
export function fillHoles(rle: Rle): Rle {
  const { box, mask } = cropOf(rle)
  const [, , columns, rows] = box
  const outside = new Uint8Array(mask.length)
  const waiting: number[] = []
  const reach = (at: number) => {
    if (mask[at] === 1 || outside[at] === 1) return
    outside[at] = 1
    waiting.push(at)
  }
  for (let x = 0; x < columns; x++) {
    reach(x)
    reach((rows - 1) * columns + x)
  }
  for (let y = 0; y < rows; y++) {
    reach(y * columns)
    reach(y * columns + columns - 1)
  }
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const x = at % columns
    if (x > 0) reach(at - 1)
    if (x < columns - 1) reach(at + 1)
    if (at >= columns) reach(at - columns)
    if (at < mask.length - columns) reach(at + columns)
  }
  return pasteCrop({ box, mask: outside.map((reached) => 1 - reached) }, rle.rows, rle.columns)
}
