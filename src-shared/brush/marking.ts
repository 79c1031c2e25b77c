import { tapsOf } from '../geometry/bilinear'
import type { Crop } from '../geometry/shapes/crop'
import type { Extent, View } from './view'

/** From which probability a pixel is marked. */
const THRESHOLD = 0.5

type Size = readonly [rows: number, columns: number]

/** The probabilities [rows,columns] of a picture, and what of it they mark. */
export interface Marked {
  probability: Float32Array
  marked: Extent
}

/** What is marked of probabilities [rows,columns] that are 0 outside a view. */
export function markedIn(probability: Float32Array, [rows, columns]: Size, { x, y, side }: View): Extent {
  let [left, top, right, bottom] = [columns, -1, -1, -1]
  const [from, until] = [Math.max(0, x), Math.min(columns, x + side)]
  for (let row = Math.max(0, y); row < Math.min(rows, y + side); row++) {
    for (let column = from; column < until; column++) {
      if ((probability[row * columns + column] ?? 0) < THRESHOLD) continue
      if (top < 0) top = row
      bottom = row
      if (column < left) left = column
      if (column > right) right = column
    }
  }
  return top < 0 ? null : [left, top, right, bottom]
}

/** The mask at the size of the image that a picture was made from; the probabilities are carried there bilinearly. */
export function maskOf({ probability, marked }: Marked, size: Size, fullSize: Size): Crop {
  if (!marked) return { box: [0, 0, 0, 0], mask: new Uint8Array(0) }
  const [left, top, right, bottom] = marked
  if (size[0] === fullSize[0] && size[1] === fullSize[1]) return cutOut(probability, marked, size[1])
  const across = axisOf(size[1], fullSize[1], left, right)
  const down = axisOf(size[0], fullSize[0], top, bottom)
  const mask = new Uint8Array(across.length * down.length)
  for (let y = 0; y < down.length; y++) {
    const row = down.start + y
    const upper = (down.first[row] ?? 0) * size[1]
    const lower = (down.second[row] ?? 0) * size[1]
    const below = down.weight[row] ?? 0
    for (let x = 0; x < across.length; x++) {
      const column = across.start + x
      const [before, after] = [across.first[column] ?? 0, across.second[column] ?? 0]
      const rest = across.weight[column] ?? 0
      const above = (probability[upper + before] ?? 0) * (1 - rest) + (probability[upper + after] ?? 0) * rest
      const under = (probability[lower + before] ?? 0) * (1 - rest) + (probability[lower + after] ?? 0) * rest
      mask[y * across.length + x] = above * (1 - below) + under * below >= THRESHOLD ? 1 : 0
    }
  }
  return { box: [across.start, down.start, across.length, down.length], mask }
}

function cutOut(
  probability: Float32Array,
  [left, top, right, bottom]: NonNullable<Extent>,
  columns: number,
): Crop {
  const [width, height] = [right - left + 1, bottom - top + 1]
  const mask = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const start = (top + y) * columns + left
    for (let x = 0; x < width; x++) mask[y * width + x] = (probability[start + x] ?? 0) >= THRESHOLD ? 1 : 0
  }
  return { box: [left, top, width, height], mask }
}

/** The pixels of one axis of the image that anything from `least` to `most` of the picture has a share in. */
function axisOf(from: number, to: number, least: number, most: number) {
  const taps = tapsOf(from, to)
  const start = taps.second.findIndex((place) => place >= least)
  const last = taps.first.findLastIndex((place) => place <= most)
  return { ...taps, start, length: last - start + 1 }
}
