import { describe, expect, it } from 'vitest'
import { resizeBilinear } from './bilinear'
import { type RowReader, resample } from './resample'

const [rows, columns] = [7, 9]
const plane = Float32Array.from({ length: rows * columns }, (_, i) => {
  const [r, c] = [Math.floor(i / columns), i % columns]
  return (r * 7 + c * 3 + ((r * c) % 5)) % 11
})
const read: RowReader = (row, line, from, until) =>
  line.set(plane.subarray(row * columns + from, row * columns + until))

function expectNumbers(to: [number, number], torch: readonly number[]): void {
  const result = resample(read, [rows, columns], to, 'antialias')
  expect(result).toHaveLength(torch.length)
  torch.forEach((value, i) => {
    expect(Math.abs((result[i] ?? 0) - value)).toBeLessThan(1e-4)
  })
}

describe('the triangle filter', () => {
  it('gives the numbers of torch.nn.functional.interpolate with antialias=True when shrinking', () => {
    expectNumbers(
      [3, 4],
      [3.4041, 4.8589, 3.6829, 5.3388, 5.4471, 3.8651, 5.6141, 6.8992, 4.6837, 5.0052, 5.6359, 5.7367],
    )
    expectNumbers([5, 2], [4.0469, 4.9671, 4.0814, 4.2301, 4.8118, 6.1408, 4.7668, 6.4789, 5.1972, 5.2253])
  })

  it('and where one side grows', () => {
    expectNumbers(
      [2, 12],
      [
        4.9302, 4.1163, 3.8546, 4.3779, 5.25, 4.0145, 3.4215, 3.939, 4.689, 6.9506, 6.5581, 3.7674, 5.8605,
        4.5814, 4.564, 5.5785, 4.1657, 4.2209, 4.9099, 5.9273, 6.8866, 6.6977, 6.1657, 5.6279,
      ],
    )
  })

  it('is bilinear when growing', () => {
    const grown = resample(read, [rows, columns], [13, 20], 'antialias')
    resizeBilinear(plane, [rows, columns], [13, 20]).forEach((value, i) => {
      expect(grown[i]).toBeCloseTo(value, 4)
    })
  })
})

it('takes the four nearest like the resampling of maps', () => {
  for (const to of [
    [3, 4],
    [13, 5],
    [7, 30],
    [1, 1],
  ] as [number, number][]) {
    const result = resample(read, [rows, columns], to, 'bilinear')
    resizeBilinear(plane, [rows, columns], to).forEach((value, i) => {
      expect(result[i]).toBeCloseTo(value, 4)
    })
  }
})
