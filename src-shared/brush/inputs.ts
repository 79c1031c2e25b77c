import { resample } from '../geometry/resample'
import type { BrushPicture } from './picture'
import type { Click, View } from './view'

/** Side of the network's input in pixels. */
export const SIDE = 256
const PIXELS = SIDE * SIDE
/** Of a click's disc, in pixels of the input. */
const RADIUS = 5
/** What surrounds the picture, and the normalisation of the published encoder weights. */
const [OUTSIDE, MEAN, STD] = [127, 0.498, 0.502]

/** The input `image` [1,3,256,256]: the view of a picture, normalised. */
export function imageInput({ planes, size }: BrushPicture, view: View): Float32Array {
  const input = new Float32Array(3 * PIXELS)
  const cuts = planes.map((plane) =>
    cut(plane, size, view, OUTSIDE).map((value) => (value / 255 - MEAN) / STD),
  )
  for (const channel of [0, 1, 2]) {
    const values = cuts[channel] ?? cuts[0]
    if (values) input.set(values, channel * PIXELS)
  }
  return input
}

/** The input `prompt` [1,3,256,256]: discs of the positive, then of the negative clicks, and the mask so far. */
export function promptInput(
  clicks: readonly Click[],
  previous: Float32Array | null,
  size: readonly [number, number],
  view: View,
): Float32Array {
  const input = new Float32Array(3 * PIXELS)
  for (const click of clicks) {
    drawDisc(input.subarray(click.positive ? 0 : PIXELS, click.positive ? PIXELS : 2 * PIXELS), click, view)
  }
  if (previous) input.set(cut(previous, size, view, 0), 2 * PIXELS)
  return input
}

function drawDisc(plane: Float32Array, { x, y }: Click, view: View): void {
  const scale = SIDE / view.side
  const u = (x + 0.5 - view.x) * scale - 0.5
  const v = (y + 0.5 - view.y) * scale - 0.5
  const near = (value: number) => value >= -RADIUS && value < SIDE + RADIUS
  if (!near(u) || !near(v)) return
  for (let j = Math.max(0, Math.ceil(v - RADIUS)); j <= Math.min(SIDE - 1, v + RADIUS); j++) {
    for (let i = Math.max(0, Math.ceil(u - RADIUS)); i <= Math.min(SIDE - 1, u + RADIUS); i++) {
      if ((i - u) ** 2 + (j - v) ** 2 <= RADIUS ** 2) plane[j * SIDE + i] = 1
    }
  }
}

/** A view of a plane at the size of the input; `fill` where the view lies outside. */
function cut(
  plane: ArrayLike<number>,
  [rows, columns]: readonly [number, number],
  { x, y, side }: View,
  fill: number,
): Float32Array {
  const left = Math.min(side, Math.max(0, -x))
  const right = Math.max(left, Math.min(side, columns - x))
  return resample(
    (row, line) => {
      const at = row + y
      line.fill(fill)
      if (at < 0 || at >= rows) return
      for (let i = left; i < right; i++) line[i] = plane[at * columns + x + i] ?? 0
    },
    [side, side],
    [SIDE, SIDE],
    'antialias',
  )
}

/** A map of the network [256,256] back at its place in the picture; 0 outside the view. */
export function pasted(
  map: Float32Array,
  { x, y, side }: View,
  [rows, columns]: readonly [number, number],
): Float32Array {
  const read = (row: number, line: Float32Array) => line.set(map.subarray(row * SIDE, (row + 1) * SIDE))
  const square = resample(read, [SIDE, SIDE], [side, side], 'antialias')
  const picture = new Float32Array(rows * columns)
  const [left, right] = [Math.max(0, x), Math.min(columns, x + side)]
  for (let row = Math.max(0, y); row < Math.min(rows, y + side); row++) {
    const from = (row - y) * side - x
    picture.set(square.subarray(from + left, from + right), row * columns + left)
  }
  return picture
}
