import { expect, it } from 'vitest'
import { encodeRle } from '#shared/geometry/rle'
import { packBits } from './bits'
import { cieLab, fromCieLab } from './cielab'

it('begins a frame within the byte in which the one before ended', () => {
  const frames = [
    [1, 0, 0, 0, 1],
    [1, 1, 0, 0, 0],
    [0, 0, 0, 0, 1],
  ].map((pixels) => encodeRle(pixels, 1, 5))
  expect([...packBits(frames, 5)]).toEqual([0b01110001, 0b01000000])
})

it('takes colours through CIELab and back', () => {
  for (const colour of ['#000000', '#ffffff', '#ff0000', '#1f77b4', '#3cb44b']) {
    expect(fromCieLab(cieLab(colour))).toBe(colour)
  }
  expect(cieLab('#ffffff')).toEqual([65_535, 32_896, 32_896])
  expect(fromCieLab([])).toBeNull()
})
