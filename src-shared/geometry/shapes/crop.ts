import type { Box, Rle } from '../../domain/finding'
import { forEachSetRun } from '../rle'

/** The part of a mask that has pixels in it; bytes of box width x height, 1 where set. */
export interface Crop {
  box: Box
  mask: Uint8Array
}

/** The upright box around the pixels of a mask; without extent where there are none. */
export function boxOfMask(rle: Rle): Box {
  const { columns } = rle
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  forEachSetRun(rle, (start, length) => {
    const [first, last] = [Math.floor(start / columns), Math.floor((start + length - 1) / columns)]
    top = Math.min(top, first)
    bottom = Math.max(bottom, last + 1)
    left = last > first ? 0 : Math.min(left, start % columns)
    right = last > first ? columns : Math.max(right, (start % columns) + length)
  })
  return right > left ? [left, top, right - left, bottom - top] : [0, 0, 0, 0]
}

/** A mask cut to the box around its pixels: what is done to it then costs its own size, not that of its image. */
export function cropOf(rle: Rle, margin = 0): Crop {
  const [x, y, columns, rows] = boxOfMask(rle)
  const left = Math.max(0, x - margin)
  const top = Math.max(0, y - margin)
  const width = columns === 0 ? 0 : Math.min(rle.columns, x + columns + margin) - left
  const height = rows === 0 ? 0 : Math.min(rle.rows, y + rows + margin) - top
  return { box: [left, top, width, height], mask: cutOut(rle, [left, top, width, height]) }
}

/** The bytes of a mask within a box of its image. */
export function cutOut(rle: Rle, [left, top, width, height]: Box): Uint8Array {
  const bytes = new Uint8Array(width * height)
  forEachSetRun(rle, (start, length) => {
    for (let at = start; at < start + length; ) {
      const row = Math.floor(at / rle.columns)
      const from = at - row * rle.columns
      const to = Math.min(rle.columns, from + start + length - at)
      if (row >= top && row < top + height) {
        const line = (row - top) * width
        const [first, last] = [Math.max(from, left), Math.min(to, left + width)]
        if (first < last) bytes.fill(1, line + first - left, line + last - left)
      }
      at += to - from
    }
  })
  return bytes
}

/** A crop back on its image; what lies outside of it is cut off. */
export function pasteCrop({ box, mask }: Crop, rows: number, columns: number): Rle {
  const [left, top, width, height] = box
  const runs: number[] = []
  let end = 0
  for (let y = Math.max(0, -top); y < height && y + top < rows; y++) {
    for (let x = Math.max(0, -left); x < width && x + left < columns; x++) {
      if (mask[y * width + x] !== 1) continue
      const from = x
      while (x < width && x + left < columns && mask[y * width + x] === 1) x++
      const start = (y + top) * columns + from + left
      if (start === end && runs.length > 0) runs[runs.length - 1] = (runs.at(-1) ?? 0) + x - from
      else runs.push(start - end, x - from)
      end = start + x - from
    }
  }
  if (end < rows * columns) runs.push(rows * columns - end)
  return { rows, columns, runs }
}
