import type { Box, Rle } from '../../domain/finding'
import { boxOfMask, cutOut, pasteCrop } from './crop'

/**
 * The mask between two slices of an object by their signed distances (shape-based interpolation, Raya & Udupa 1990):
 * `share` runs from 0 at the first mask to 1 at the second. `spacing` is the distance of rows, then of columns.
 * Masks that do not overlap are moved onto each other first, so that a slanted object keeps its shape.
 */
export function interpolateMasks(
  first: Rle,
  second: Rle,
  share: number,
  spacing: readonly [number, number] = [1, 1],
): Rle {
  const { rows, columns } = first
  const [from, to] = [boxOfMask(first), boxOfMask(second)]
  const way: [number, number] = [middle(to, 0) - middle(from, 0), middle(to, 1) - middle(from, 1)]
  const shift = (part: number): [number, number] => [Math.round(way[0] * part), Math.round(way[1] * part)]
  const [ahead, back] = [shift(share), shift(share - 1)]
  const box = around(moved(from, ahead), moved(to, back))
  const near = signedDistance(cutOut(first, moved(box, [-ahead[0], -ahead[1]])), box, spacing)
  const far = signedDistance(cutOut(second, moved(box, [-back[0], -back[1]])), box, spacing)
  const mask = Uint8Array.from(near, (value, at) =>
    value * (1 - share) + (far[at] ?? 0) * share > 0 ? 1 : 0,
  )
  return pasteCrop({ box, mask }, rows, columns)
}

const middle = (box: Box, axis: 0 | 1) => box[axis] + box[axis === 0 ? 2 : 3] / 2

const moved = ([x, y, width, height]: Box, [dx, dy]: readonly [number, number]): Box => [
  x + dx,
  y + dy,
  width,
  height,
]

function around(a: Box, b: Box): Box {
  const [left, top] = [Math.min(a[0], b[0]) - 1, Math.min(a[1], b[1]) - 1]
  const right = Math.max(a[0] + a[2], b[0] + b[2]) + 1
  const bottom = Math.max(a[1] + a[3], b[1] + b[3]) + 1
  return [left, top, right - left, bottom - top]
}

/** Distance of each pixel's centre to the edge of the mask, positive inside; far pixels are exact, too. */
function signedDistance(
  mask: Uint8Array,
  [, , columns, rows]: Box,
  spacing: readonly [number, number],
): Float32Array {
  const outside = distanceTo(mask, 0, rows, columns, spacing)
  const inside = distanceTo(mask, 1, rows, columns, spacing)
  const half = Math.min(...spacing) / 2
  return outside.map((value, at) => (mask[at] === 1 ? value - half : half - (inside[at] ?? 0)))
}

/** Euclidean distance to the nearest pixel of a value, by rows and columns (Felzenszwalb & Huttenlocher 2012). */
function distanceTo(
  mask: Uint8Array,
  value: 0 | 1,
  rows: number,
  columns: number,
  [down, across]: readonly [number, number],
): Float32Array {
  const squared = Float64Array.from(mask, (one) => (one === value ? 0 : 1e20))
  for (let x = 0; x < columns; x++) envelope(squared, x, columns, rows, down)
  for (let y = 0; y < rows; y++) envelope(squared, y * columns, 1, columns, across)
  return Float32Array.from(squared, Math.sqrt)
}

/** The lower envelope of parabolas over one line of the field, in place. */
function envelope(field: Float64Array, start: number, stride: number, count: number, spacing: number): void {
  const line = Float64Array.from({ length: count }, (_, at) => field[start + at * stride] ?? 0)
  const place = (at: number) => at * spacing
  const height = (at: number) => line[at] ?? 0
  const tops = new Int32Array(count)
  const bounds = new Float64Array(count + 1)
  let last = 0
  bounds[0] = Number.NEGATIVE_INFINITY
  bounds[1] = Number.POSITIVE_INFINITY
  for (let at = 1; at < count; at++) {
    let meet = crossing(at, tops[last] ?? 0)
    while (meet <= (bounds[last] ?? 0)) {
      last--
      meet = crossing(at, tops[last] ?? 0)
    }
    last++
    tops[last] = at
    bounds[last] = meet
    bounds[last + 1] = Number.POSITIVE_INFINITY
  }
  for (let at = 0, top = 0; at < count; at++) {
    while ((bounds[top + 1] ?? 0) < place(at)) top++
    const from = tops[top] ?? 0
    field[start + at * stride] = (place(at) - place(from)) ** 2 + height(from)
  }

  function crossing(p: number, q: number): number {
    return (height(p) + place(p) ** 2 - height(q) - place(q) ** 2) / (2 * place(p) - 2 * place(q))
  }
}
