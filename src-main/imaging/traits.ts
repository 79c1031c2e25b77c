import { createHash } from 'node:crypto'
import type { Frame } from '#shared/domain/image'
import type { ImageTraits } from '#shared/domain/image-traits'
import { initialWindow } from '#shared/pixels/initial-window'
import { displayBytes } from '#shared/pixels/voi'

/** Longest side at which sharpness is measured, so that it means the same for every camera. */
const MEASURED = 512
const CELLS = 16

/** Figures of a frame by which duplicates and bad pictures are found. */
export function traitsOf(frame: Frame): ImageTraits {
  const grey = greyOf(frame)
  const { rows, columns } = frame
  const { brightness, contrast, dark, bright } = levelsOf(grey)
  const scale = Math.min(1, MEASURED / Math.max(rows, columns))
  const small = reduced(
    grey,
    rows,
    columns,
    Math.max(1, Math.round(rows * scale)),
    Math.max(1, Math.round(columns * scale)),
  )
  return {
    pixels: pixelHash(frame),
    likeness: likenessOf(reduced(grey, rows, columns, CELLS, CELLS + 1)),
    brightness,
    contrast,
    sharpness: sharpnessOf(small.data, small.rows, small.columns),
    dark,
    bright,
  }
}

function pixelHash({ data, rows, columns, samples, type }: Frame): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return createHash('sha256').update(`${type} ${rows} ${columns} ${samples} `).update(bytes).digest('hex')
}

/** Luma (ITU-R BT.601) of colour, else the picture as it is first shown. */
function greyOf(frame: Frame): Uint8Array {
  if (frame.samples === 1) return displayBytes(frame, initialWindow(frame))
  const { data, rows, columns } = frame
  const grey = new Uint8Array(rows * columns)
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    grey[i] = (299 * (data[at] ?? 0) + 587 * (data[at + 1] ?? 0) + 114 * (data[at + 2] ?? 0) + 500) / 1000
  }
  return grey
}

function levelsOf(grey: Uint8Array) {
  const counts = new Float64Array(256)
  for (const value of grey) counts[value] = (counts[value] ?? 0) + 1
  const all = Math.max(1, grey.length)
  const mean = counts.reduce((sum, count, value) => sum + count * value, 0) / all
  const variance = counts.reduce((sum, count, value) => sum + count * (value - mean) ** 2, 0) / all
  const share = (from: number, to: number) =>
    counts.slice(from, to).reduce((sum, count) => sum + count, 0) / all
  return { brightness: mean, contrast: Math.sqrt(variance), dark: share(0, 3), bright: share(253, 256) }
}

interface Small {
  rows: number
  columns: number
  data: Float32Array
}

/** Means over boxes of whole pixels, at least one each. */
function reduced(grey: Uint8Array, rows: number, columns: number, toRows: number, toColumns: number): Small {
  const data = new Float32Array(toRows * toColumns)
  for (let row = 0; row < toRows; row++) {
    const top = Math.floor((row * rows) / toRows)
    const bottom = Math.max(top + 1, Math.floor(((row + 1) * rows) / toRows))
    for (let column = 0; column < toColumns; column++) {
      const left = Math.floor((column * columns) / toColumns)
      const right = Math.max(left + 1, Math.floor(((column + 1) * columns) / toColumns))
      let sum = 0
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) sum += grey[y * columns + x] ?? 0
      }
      data[row * toColumns + column] = sum / ((bottom - top) * (right - left))
    }
  }
  return { rows: toRows, columns: toColumns, data }
}

/** A difference hash of 256 bits: whether each cell is darker than its right neighbour, row by row. */
function likenessOf({ rows, columns, data }: Small): Uint8Array {
  const bits = new Uint8Array((CELLS * CELLS) / 8)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns - 1; column++) {
      const at = row * CELLS + column
      const rises = (data[row * columns + column] ?? 0) < (data[row * columns + column + 1] ?? 0)
      if (rises) bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7))
    }
  }
  return bits
}

/** Variance of the Laplacian: low where there are no edges. */
function sharpnessOf(data: Float32Array, rows: number, columns: number): number {
  let [sum, squares, count] = [0, 0, 0]
  for (let row = 1; row < rows - 1; row++) {
    for (let column = 1; column < columns - 1; column++) {
      const at = row * columns + column
      const value =
        (data[at - 1] ?? 0) +
        (data[at + 1] ?? 0) +
        (data[at - columns] ?? 0) +
        (data[at + columns] ?? 0) -
        4 * (data[at] ?? 0)
      sum += value
      squares += value * value
      count++
    }
  }
  return count === 0 ? 0 : squares / count - (sum / count) ** 2
}
