import { expect, it } from 'vitest'
import { regionsOf } from './regions'
import { decodeRle, encodeRle } from './rle'
import { randomMask, seeded } from './testing'

it('joins diagonal neighbours and keeps the rest apart', () => {
  // biome-ignore format: a picture
  const mask = [
    1, 0, 0, 0, 1,
    0, 1, 0, 0, 1,
    0, 0, 0, 0, 0,
    1, 1, 0, 0, 0,
  ]
  const field = mask.map((_, i) => i)
  const regions = regionsOf(mask, field, 4, 5)
  expect(regions.map((r) => [r.box, r.area, r.maximum, r.mean])).toEqual([
    [[0, 0, 2, 2], 2, 6, 3],
    [[4, 0, 1, 2], 2, 9, 6.5],
    [[0, 3, 2, 1], 2, 16, 15.5],
  ])
  expect(regions[0]?.mask).toEqual(encodeRle([1, 0, 0, 0, 0, 0, 1, ...Array(13).fill(0)], 4, 5))
})

it('joins the arms of a U that meet only at the bottom', () => {
  expect(regionsOf([1, 0, 1, 1, 0, 1, 1, 1, 1], Array(9).fill(1), 3, 3)).toHaveLength(1)
})

it('cuts any mask into parts that cover it once and do not touch', () => {
  const random = seeded(5)
  for (let i = 0; i < 40; i++) {
    const mask = randomMask(random, 9, 12)
    const regions = regionsOf(mask, mask, 9, 12)
    const owner = new Int32Array(9 * 12).fill(-1)
    regions.forEach((region, at) => {
      decodeRle(region.mask).forEach((set, pixel) => {
        if (!set) return
        expect(owner[pixel]).toBe(-1)
        owner[pixel] = at
      })
    })
    expect(owner.map((value) => (value < 0 ? 0 : 1))).toEqual(Int32Array.from(mask))
    expect(neighboursOfOtherOwner(owner, 9, 12)).toBe(0)
    expect(regions.reduce((sum, region) => sum + region.area, 0)).toBe(mask.filter(Boolean).length)
  }
})

function neighboursOfOtherOwner(owner: Int32Array, rows: number, columns: number): number {
  let count = 0
  for (let i = 0; i < owner.length; i++) {
    const [row, column] = [Math.floor(i / columns), i % columns]
    for (const [down, right] of [
      [0, 1],
      [1, -1],
      [1, 0],
      [1, 1],
    ] as const) {
      const [r, c] = [row + down, column + right]
      if (r >= rows || c < 0 || c >= columns) continue
      const other = owner[r * columns + c] ?? -1
      if (other >= 0 && (owner[i] ?? -1) >= 0 && other !== owner[i]) count++
    }
  }
  return count
}
