import { resample } from '../geometry/resample'
import type { BrushPicture } from './picture'
import { type Click, type View, wholeView } from './view'

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
  for (const [channel, plane] of planes.entries()) {
    const values = input.subarray(channel * PIXELS, (channel + 1) * PIXELS)
    values.set(cut(plane, size, view, OUTSIDE))
    for (let at = 0; at < PIXELS; at++) values[at] = ((values[at] ?? 0) / 255 - MEAN) / STD
  }
  if (planes.length === 1) for (const channel of [1, 2]) input.copyWithin(channel * PIXELS, 0, PIXELS)
  return input
}

const wholes = new WeakMap<BrushPicture, Float32Array>()

/** The input `image` of the whole picture; kept, for every new object begins with it. */
export function wholeImageInput(picture: BrushPicture): Float32Array {
  const known = wholes.get(picture)
  if (known) return known
  const input = imageInput(picture, wholeView(picture.size))
  wholes.set(picture, input)
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
  plane: Float32Array,
  [rows, columns]: readonly [number, number],
  { x, y, side }: View,
  fill: number,
): Float32Array {
  const left = Math.min(side, Math.max(0, -x))
  const right = Math.max(left, Math.min(side, columns - x))
  if (side === SIDE) return copied(plane, [rows, columns], { x, y, side }, fill)
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

/** A view that needs no resampling. */
function copied(
  plane: Float32Array,
  [rows, columns]: readonly [number, number],
  { x, y, side }: View,
  fill: number,
): Float32Array {
  const square = new Float32Array(PIXELS).fill(fill)
  const [from, until] = [Math.max(0, x), Math.min(columns, x + side)]
  for (let row = Math.max(0, y); row < Math.min(rows, y + side); row++) {
    square.set(plane.subarray(row * columns + from, row * columns + until), (row - y) * side + from - x)
  }
  return square
}

/** A map of the network [256,256] back at its place in the picture; 0 outside the view. */
export function pasted(
  map: Float32Array,
  { x, y, side }: View,
  [rows, columns]: readonly [number, number],
): Float32Array {
  const read = (row: number, line: Float32Array) => line.set(map.subarray(row * SIDE, (row + 1) * SIDE))
  const square = side === SIDE ? map : resample(read, [SIDE, SIDE], [side, side], 'antialias')
  const picture = new Float32Array(rows * columns)
  const [left, right] = [Math.max(0, x), Math.min(columns, x + side)]
  for (let row = Math.max(0, y); row < Math.min(rows, y + side); row++) {
    const from = (row - y) * side - x
    picture.set(square.subarray(from + left, from + right), row * columns + left)
  }
  return picture
}
