import { expect, it } from 'vitest'
import { resample } from '../geometry/resample'
import { decodeRle } from '../geometry/rle'
import { pasteCrop } from '../geometry/shapes/crop'
import { markedIn, maskOf } from './marking'
import { rowsOf } from './picture'

const size = [30, 40] as const
const view = { x: -3, y: 4, side: 25 }

/** Probabilities that wave within the view and are 0 outside of it. */
const probability = Float32Array.from({ length: size[0] * size[1] }, (_, at) => {
  const [x, y] = [at % size[1], Math.floor(at / size[1])]
  const inside = x < view.x + view.side && y >= view.y && y < view.y + view.side
  return inside ? 0.5 + 0.5 * Math.sin(x / 3) * Math.cos(y / 4) : 0
})
const marked = markedIn(probability, size, view)

it('finds the first and the last column and row that are marked', () => {
  const places = [...probability.keys()].filter((at) => (probability[at] ?? 0) >= 0.5)
  const xs = places.map((at) => at % size[1])
  const ys = places.map((at) => Math.floor(at / size[1]))
  expect(marked).toEqual([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)])
})

it.each([
  { fullSize: size, of: 'the picture itself' },
  { fullSize: [71, 95] as const, of: 'a larger image' },
])('gives the mask of $of as if all of it were resampled', ({ fullSize }) => {
  const whole = resample(rowsOf(probability, size[1]), size, fullSize, 'bilinear')
  const mask = decodeRle(pasteCrop(maskOf({ probability, marked }, size, fullSize), fullSize[0], fullSize[1]))
  expect(mask).toEqual(Uint8Array.from(whole, (value) => (value >= 0.5 ? 1 : 0)))
})

it('gives an empty mask where nothing is marked', () => {
  const nothing = new Float32Array(size[0] * size[1])
  expect(markedIn(nothing, size, view)).toBeNull()
  expect(maskOf({ probability: nothing, marked: null }, size, size).box).toEqual([0, 0, 0, 0])
})
