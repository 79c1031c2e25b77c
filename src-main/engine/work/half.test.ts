import { expect, it } from 'vitest'
import { fromHalves, toHalves } from './half'

it('holds halves exactly and rounds the rest to the nearest', () => {
  const exact = [0, 1, -2.5, 65_504, 2 ** -14, 2 ** -24, Number.POSITIVE_INFINITY]
  expect([...fromHalves(toHalves(Float32Array.from(exact)))]).toEqual(exact)
  expect([...toHalves(Float32Array.from([1, -2, 0.1, 65_520, 1 + 2 ** -11, 1 + 3 * 2 ** -11]))]).toEqual([
    0x3c00, 0xc000, 0x2e66, 0x7c00, 0x3c00, 0x3c02,
  ])
  expect(fromHalves(toHalves(Float32Array.from([Number.NaN])))[0]).toBeNaN()
})

it('brings every half back to its own bits', () => {
  const all = Uint16Array.from({ length: 0x7c00 }, (_, bits) => bits)
  expect(toHalves(fromHalves(all))).toEqual(all)
})
