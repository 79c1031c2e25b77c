/** Where the samples of one axis come from: two source places and the weight of the second. */
export interface Taps {
  first: Int32Array
  second: Int32Array
  weight: Float64Array
}

export function tapsOf(from: number, to: number): Taps {
  const taps = { first: new Int32Array(to), second: new Int32Array(to), weight: new Float64Array(to) }
  const scale = from / to
  for (let i = 0; i < to; i++) {
    const at = Math.max(0, (i + 0.5) * scale - 0.5)
    const first = Math.min(Math.floor(at), from - 1)
    taps.first[i] = first
    taps.second[i] = Math.min(first + 1, from - 1)
    taps.weight[i] = at - first
  }
  return taps
}

/** A part of a grid: [x, y, width, height], whole numbers. */
export type Window = [number, number, number, number]

/**
 * Bilinear resampling of a plane (rows x columns, row by row) to toRows x toColumns: half-pixel centres, edges
 * clamped, no antialiasing (as torch's interpolate with align_corners=False).
 */
export function resizeBilinear(
  plane: ArrayLike<number>,
  [rows, columns]: readonly [number, number],
  [toRows, toColumns]: readonly [number, number],
): Float32Array {
  const whole: Window = [0, 0, columns, rows]
  return resizeWindow(plane, whole, [rows, columns], [toRows, toColumns])
}

/**
 * The same for a plane of which only a window is at hand (its width x height values, row by row); everything
 * outside is zero. Costs no more than the part of the result that the window reaches.
 */
export function resizeWindow(
  values: ArrayLike<number>,
  window: Window,
  [rows, columns]: readonly [number, number],
  [toRows, toColumns]: readonly [number, number],
): Float32Array {
  const [left, top, width, height] = window
  const result = new Float32Array(toRows * toColumns)
  const vertical = tapsOf(rows, toRows)
  const horizontal = tapsOf(columns, toColumns)
  const [fromRow, untilRow] = reach(vertical, top, top + height)
  const [fromColumn, untilColumn] = reach(horizontal, left, left + width)
  const line = new Float64Array(columns)
  for (let y = fromRow; y < untilRow; y++) {
    const upper = (vertical.first[y] ?? 0) - top
    const lower = (vertical.second[y] ?? 0) - top
    const down = vertical.weight[y] ?? 0
    const above = upper >= 0 && upper < height ? 1 - down : 0
    const below = lower >= 0 && lower < height ? down : 0
    const upperStart = above === 0 ? 0 : upper * width
    const lowerStart = below === 0 ? 0 : lower * width
    for (let x = 0; x < width; x++) {
      line[left + x] = (values[upperStart + x] ?? 0) * above + (values[lowerStart + x] ?? 0) * below
    }
    for (let x = fromColumn; x < untilColumn; x++) {
      const before = line[horizontal.first[x] ?? 0] ?? 0
      const after = line[horizontal.second[x] ?? 0] ?? 0
      const across = horizontal.weight[x] ?? 0
      result[y * toColumns + x] = before * (1 - across) + after * across
    }
  }
  return result
}

/** First and one past the last sample that draws on source places from `from` up to but not including `until`. */
function reach(taps: Taps, from: number, until: number): [number, number] {
  const first = taps.second.findIndex((place) => place >= from)
  const last = taps.first.findLastIndex((place) => place < until)
  return first < 0 ? [0, 0] : [first, last + 1]
}
