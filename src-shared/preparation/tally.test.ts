import { describe, expect, it } from 'vitest'
import type { Frame, SampleArray, SampleType } from '#shared/domain/image'
import { seeded } from '#shared/geometry/testing'
import { percentileOf, sampledPlaces, tallyOf } from './tally'

function frameOf(data: SampleArray, type: SampleType, slope = 1, intercept = 0): Frame {
  const shape = { rows: 1, columns: data.length, samples: 1 as const, photometric: 'MONOCHROME2' as const }
  const display = { unit: null, windows: [], voiFunction: 'LINEAR' as const, min: 0, max: 0 }
  return { ...shape, ...display, type, slope, intercept, padding: null, spacing: null, data }
}

/** numpy.percentile by its definition. */
function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const rank = (percent / 100) * (sorted.length - 1)
  const lower = sorted[Math.floor(rank)] ?? 0
  return lower + ((sorted[Math.ceil(rank)] ?? 0) - lower) * (rank - Math.floor(rank))
}

describe('percentiles', () => {
  it('are those of numpy', () => {
    const tally = tallyOf(frameOf(Float32Array.of(5, 1, 9, 2, 2, 7, 100, -3, 0.5), 'float32'))
    const of = (percent: number) => percentileOf([tally], percent)
    expect([0, 1, 37.5, 50, 99.5, 100].map((p) => Number(of(p).toFixed(4)))).toEqual([
      -3, -2.72, 2, 2, 96.36, 100,
    ])
  })

  it('are exact over several frames of any sample type and rescale', () => {
    const random = seeded(11)
    for (let i = 0; i < 30; i++) {
      const whole = Int16Array.from({ length: 200 }, () => Math.floor((random() - 0.5) * 65535))
      const bytes = Uint8Array.from({ length: 77 }, () => Math.floor(random() * 256))
      const real = Float32Array.from({ length: 150 }, () => (random() - 0.5) * 1e5)
      const frames = [
        frameOf(whole, 'int16', -0.25, 12),
        frameOf(bytes, 'uint8', 3, -1000),
        frameOf(real, 'float32'),
      ]
      const values = frames.flatMap(({ data, slope, intercept }) =>
        Array.from(data, (value) => Math.fround(value * slope + intercept)),
      )
      for (const percent of [0, 1, 33.3, 50, 99.5, 100]) {
        expect(percentileOf(frames.map(tallyOf), percent)).toBeCloseTo(percentile(values, percent), 4)
      }
    }
  })

  it('leave out what is not a number, and are 0 of nothing', () => {
    expect(percentileOf([tallyOf(frameOf(Float32Array.of(Number.NaN, 4), 'float32'))], 50)).toBe(4)
    expect(percentileOf([], 50)).toBe(0)
  })
})

it('samples both ends and what lies evenly between, halves rounded up', () => {
  expect(sampledPlaces(1, 16)).toEqual([0])
  expect(sampledPlaces(4, 16)).toEqual([0, 1, 2, 3])
  expect(sampledPlaces(6, 3)).toEqual([0, 3, 5])
  expect(sampledPlaces(100, 4)).toEqual([0, 33, 66, 99])
})
