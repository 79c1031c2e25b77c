import { describe, expect, it } from 'vitest'
import type { Frame } from '../domain/image'
import type { NetworkInput } from '../domain/model-manifest/index'
import { planesOf } from './planes'
import { statisticsOf } from './statistics'
import { depthOf, writeView } from './tensor'

function grey(data: Uint8Array | Int16Array, change: Partial<Frame> = {}): Frame {
  return {
    rows: 2,
    columns: data.length / 2,
    samples: 1,
    type: data instanceof Uint8Array ? 'uint8' : 'int16',
    photometric: 'MONOCHROME2',
    slope: 1,
    intercept: 0,
    unit: null,
    windows: [],
    voiFunction: 'LINEAR',
    min: Math.min(...data),
    max: Math.max(...data),
    padding: null,
    spacing: null,
    data,
    ...change,
  }
}

const asItIs: NetworkInput = {
  name: 'image',
  layout: 'NCHW',
  type: 'float32',
  channels: { kind: 'grey', count: 1 },
  size: { policy: 'resize', rows: 2, columns: 2, filter: 'bilinear' },
  intensity: { kind: 'scale', divisor: 255, mean: [0], std: [1] },
}

function tensor(frame: Frame, change: Partial<NetworkInput>): number[] {
  const input = { ...asItIs, ...change }
  const planes = planesOf(frame, input, null)
  const [rows, columns] = planes.grid.padded
  const target = new Float32Array(depthOf(input) * rows * columns)
  writeView(target, [planes], planes.grid, planes.grid.offsets[0] ?? [0, 0], input)
  return Array.from(target, (value) => Number(value.toFixed(4)))
}

const bytes = grey(Uint8Array.of(0, 51, 102, 255))
const inverted = grey(Uint8Array.of(0, 51, 102, 255), { photometric: 'MONOCHROME1' })
const hounsfield = grey(Int16Array.of(0, 1000, 1100, 3000), { intercept: -1000 })

describe('intensities', () => {
  it('are scaled, and standardised for each channel', () => {
    expect(tensor(bytes, {})).toEqual([0, 0.2, 0.4, 1])
    const intensity = { kind: 'scale' as const, divisor: 1, mean: [51], std: [51] }
    expect(tensor(bytes, { intensity })).toEqual([-1, 0, 1, 4])
    const channels = { kind: 'grey' as const, count: 2 }
    const each = { kind: 'scale' as const, divisor: 255, mean: [0, 0.2], std: [1, 0.5] }
    expect(tensor(bytes, { channels, intensity: each })).toEqual([0, 0.2, 0.4, 1, -0.4, 0, 0.4, 1.6])
  })

  it('are windowed in modality values', () => {
    const intensity = { kind: 'window' as const, centre: 50, width: 400, mean: [0], std: [1] }
    expect(tensor(hounsfield, { intensity })).toEqual([0, 0.375, 0.625, 1])
  })

  it('are brought to mean 0 and deviation 1', () => {
    const intensity = { kind: 'z-score' as const, scope: 'image' as const, sampleSlices: 16 }
    expect(tensor(grey(Uint8Array.of(1, 1, 3, 3)), { intensity })).toEqual([-1, -1, 1, 1])
    expect(statisticsOf([bytes, inverted], { ...asItIs, intensity })).toEqual([
      102,
      expect.closeTo(95.412, 2),
    ])
  })

  it('are cut to percentiles', () => {
    const percentile = { kind: 'percentile' as const, scope: 'image' as const, low: 0, high: 100 }
    const intensity = { ...percentile, sampleSlices: 16, mean: [0.5], std: [0.5] }
    expect(tensor(bytes, { intensity })).toEqual([-1, -0.6, -0.2, 1])
  })

  it('are turned over where bright is dark', () => {
    expect(tensor(inverted, {})).toEqual([1, 0.8, 0.6, 0])
    const window = { kind: 'window' as const, centre: 127.5, width: 255, mean: [0], std: [1] }
    expect(tensor(inverted, { intensity: window })).toEqual([1, 0.8, 0.6, 0])
    const score = { kind: 'z-score' as const, scope: 'image' as const, sampleSlices: 16 }
    const upright = tensor(bytes, { intensity: score })
    expect(tensor(inverted, { intensity: score })).toEqual(upright.map((value) => 0 - value))
  })
})

describe('channels', () => {
  const pixel = [10, 20, 30]
  const colour = grey(Uint8Array.from([pixel, pixel, pixel, pixel].flat()), {
    samples: 3,
    photometric: 'RGB',
    columns: 2,
  })
  const intensity = { kind: 'scale' as const, divisor: 1, mean: [0], std: [1] }
  const first = (change: Partial<NetworkInput>) =>
    tensor(colour, { intensity, ...change }).filter((_, i) => i % 4 === 0)

  it('keep their order, turn it round or become luma', () => {
    expect(first({ channels: { kind: 'rgb' } })).toEqual([10, 20, 30])
    expect(first({ channels: { kind: 'bgr' } })).toEqual([30, 20, 10])
    expect(first({ channels: { kind: 'grey', count: 3 } })).toEqual([18.15, 18.15, 18.15])
  })

  it('are all the same for a grey picture', () => {
    expect(tensor(bytes, { channels: { kind: 'rgb' } })).toEqual([
      0, 0.2, 0.4, 1, 0, 0.2, 0.4, 1, 0, 0.2, 0.4, 1,
    ])
  })
})

it('fills the border before standardising, on the scale of the values', () => {
  const size = { policy: 'letterbox' as const, rows: 2, columns: 4, fill: 0.5, align: 'top-left' as const }
  const filter = 'bilinear' as const
  const shape = { ...size, filter }
  const standard = { kind: 'scale' as const, divisor: 255, mean: [0.5], std: [0.5] }
  expect(tensor(bytes, { size: shape, intensity: standard }).slice(2, 4)).toEqual([0, 0])
  const raw = { kind: 'scale' as const, divisor: 1, mean: [127], std: [128] }
  expect(tensor(bytes, { size: shape, intensity: raw })[2]).toBeCloseTo(0.5 / 128, 4)
})
