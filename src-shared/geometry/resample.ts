import type { SizePolicy } from '../domain/model-manifest/index'
import { tapsOf } from './bilinear'

export type Filter = Extract<SizePolicy, { filter: unknown }>['filter']

/** Fills `line` from its start with the values of a row, from column `from` up to but not including `until`. */
export type RowReader = (row: number, line: Float32Array, from: number, until: number) => void

/** Where the samples of one axis come from: `count` neighbouring places from `first` on, with their weights. */
interface Kernel {
  first: Int32Array
  count: Int32Array
  /** `reach` weights for each sample, of which the first `count` are used. */
  weights: Float64Array
  reach: number
}

/**
 * Resamples a plane that is read row by row to toRows x toColumns: half-pixel centres, clamped edges.
 * `antialias` widens the triangle filter by the scale when shrinking, as torch's interpolate does with
 * antialias=True and align_corners=False; `bilinear` takes the four nearest. Only rows with weight are read.
 */
export function resample(
  read: RowReader,
  [rows, columns]: readonly [number, number],
  [toRows, toColumns]: readonly [number, number],
  filter: Filter,
): Float32Array<ArrayBuffer> {
  const result = new Float32Array(toRows * toColumns)
  const kernelOf = filter === 'antialias' ? triangle : nearestTwo
  const vertical = kernelOf(rows, toRows)
  const horizontal = kernelOf(columns, toColumns)
  const line = new Float32Array(columns)
  const narrow = new Float32Array(toColumns)
  let [from, until] = [0, 0]
  for (let row = 0; row < rows; row++) {
    while (from < toRows && endOf(vertical, from) <= row) from++
    until = Math.max(until, from)
    while (until < toRows && (vertical.first[until] ?? 0) <= row) until++
    if (from === until) continue
    read(row, line, 0, columns)
    squeeze(line, horizontal, narrow)
    for (let y = from; y < until; y++) {
      const at = row - (vertical.first[y] ?? 0)
      const weight = at < (vertical.count[y] ?? 0) ? (vertical.weights[y * vertical.reach + at] ?? 0) : 0
      if (weight === 0) continue
      const start = y * toColumns
      for (let x = 0; x < toColumns; x++) {
        result[start + x] = (result[start + x] ?? 0) + weight * (narrow[x] ?? 0)
      }
    }
  }
  return result
}

function endOf({ first, count }: Kernel, sample: number): number {
  return (first[sample] ?? 0) + (count[sample] ?? 0)
}

function squeeze(line: Float32Array, { first, count, weights, reach }: Kernel, narrow: Float32Array): void {
  for (let x = 0; x < narrow.length; x++) {
    const start = first[x] ?? 0
    const taps = count[x] ?? 0
    let sum = 0
    for (let i = 0; i < taps; i++) sum += (line[start + i] ?? 0) * (weights[x * reach + i] ?? 0)
    narrow[x] = sum
  }
}

function nearestTwo(from: number, to: number): Kernel {
  const { first, second, weight } = tapsOf(from, to)
  const weights = new Float64Array(2 * to)
  const count = Int32Array.from(first, (place, i) => ((second[i] ?? place) > place ? 2 : 1))
  for (let i = 0; i < to; i++) {
    weights[2 * i] = count[i] === 2 ? 1 - (weight[i] ?? 0) : 1
    weights[2 * i + 1] = weight[i] ?? 0
  }
  return { first, count, weights, reach: 2 }
}

function triangle(from: number, to: number): Kernel {
  const scale = from / to
  const support = Math.max(1, scale)
  const reach = Math.ceil(support) * 2 + 1
  const kernel = {
    first: new Int32Array(to),
    count: new Int32Array(to),
    weights: new Float64Array(to * reach),
    reach,
  }
  for (let i = 0; i < to; i++) {
    const centre = scale * (i + 0.5)
    const first = Math.max(0, Math.floor(centre - support + 0.5))
    const count = Math.min(from, Math.floor(centre + support + 0.5)) - first
    kernel.first[i] = first
    kernel.count[i] = count
    let sum = 0
    for (let j = 0; j < count; j++) {
      const weight = Math.max(0, 1 - Math.abs(first + j - centre + 0.5) / support)
      kernel.weights[i * reach + j] = weight
      sum += weight
    }
    for (let j = 0; j < count; j++) kernel.weights[i * reach + j] = (kernel.weights[i * reach + j] ?? 0) / sum
  }
  return kernel
}
