import { describe, expect, it } from 'vitest'
import { areaOfRle, decodeRle, encodeRle, overlapOfRle, rlesTouch } from './rle'
import { randomMask, seeded } from './testing'

describe('run lengths', () => {
  it('start with the zeros and add up to the picture', () => {
    expect(encodeRle([0, 0, 1, 1, 1, 0], 2, 3).runs).toEqual([2, 3, 1])
    expect(encodeRle([1, 0, 0, 1], 2, 2).runs).toEqual([0, 1, 2, 1])
    expect(encodeRle([0, 0], 1, 2).runs).toEqual([2])
  })

  it('come back as the same mask', () => {
    const random = seeded(1)
    for (let i = 0; i < 50; i++) {
      const mask = randomMask(random, 7, 11)
      const rle = encodeRle(mask, 7, 11)
      expect(decodeRle(rle)).toEqual(mask)
      expect(rle.runs.reduce((sum, run) => sum + run, 0)).toBe(77)
      expect(areaOfRle(rle)).toBe(mask.reduce((sum, value) => sum + value, 0))
    }
  })

  it('overlap where both are set', () => {
    const random = seeded(2)
    for (let i = 0; i < 50; i++) {
      const [a, b] = [randomMask(random, 6, 9), randomMask(random, 6, 9)]
      const expected = a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)
      expect(overlapOfRle(encodeRle(a, 6, 9), encodeRle(b, 6, 9))).toBe(expected)
    }
  })

  it('touch across one step in any direction, and never around the edge', () => {
    const random = seeded(3)
    for (let i = 0; i < 60; i++) {
      const [a, b] = [randomMask(random, 6, 8, 0.06), randomMask(random, 6, 8, 0.06)]
      const near = pixels(a, 8).some(([r, c]) =>
        pixels(b, 8).some(([p, q]) => Math.abs(r - p) <= 1 && Math.abs(c - q) <= 1),
      )
      expect(rlesTouch(encodeRle(a, 6, 8), encodeRle(b, 6, 8))).toBe(near)
    }
  })
})

function pixels(mask: Uint8Array, columns: number): [number, number][] {
  const found: [number, number][] = []
  mask.forEach((value, at) => {
    if (value) found.push([Math.floor(at / columns), at % columns])
  })
  return found
}
