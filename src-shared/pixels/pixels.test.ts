import { expect, test } from 'vitest'
import type { Frame } from '#shared/domain/image'
import { initialWindow } from './initial-window'
import { modalityValues } from './modality'
import { displayBytes, voiByte } from './voi'

function frame(data: Frame['data'], more: Partial<Frame> = {}): Frame {
  return {
    rows: 1,
    columns: data.length,
    samples: 1,
    type: 'int16',
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
    ...more,
  }
}

test('LINEAR is the example of PS3.3, C.11.2.1.2: centre 2048, width 4096', () => {
  const window = { center: 2048, width: 4096 }
  expect(voiByte(0, window, 'LINEAR')).toBe(0)
  expect(voiByte(4095, window, 'LINEAR')).toBe(255)
  expect(voiByte(1, window, 'LINEAR')).toBeCloseTo(255 / 4095, 9)
  expect(voiByte(4096, window, 'LINEAR')).toBe(255)
})

test('LINEAR of width 1 is a threshold', () => {
  const window = { center: 100, width: 1 }
  expect(voiByte(99, window, 'LINEAR')).toBe(0)
  expect(voiByte(99.5, window, 'LINEAR')).toBe(0)
  expect(voiByte(100, window, 'LINEAR')).toBe(255)
})

test('LINEAR_EXACT and SIGMOID follow their formulas', () => {
  const window = { center: 50, width: 100 }
  expect(voiByte(0, window, 'LINEAR_EXACT')).toBe(0)
  expect(voiByte(25, window, 'LINEAR_EXACT')).toBeCloseTo(63.75, 9)
  expect(voiByte(100, window, 'LINEAR_EXACT')).toBe(255)
  expect(voiByte(50, window, 'SIGMOID')).toBeCloseTo(127.5, 9)
  expect(voiByte(150, window, 'SIGMOID')).toBeCloseTo(255 / (1 + Math.exp(-4)), 9)
})

test('eight-bit grey in the window 128, 256 is shown as it is', () => {
  const data = Uint8Array.from({ length: 256 }, (_, value) => value)
  expect([...displayBytes(frame(data), { center: 128, width: 256 })]).toEqual([...data])
})

test('display rescales, inverts MONOCHROME1 and takes real numbers as well', () => {
  const shown = displayBytes(frame(Int16Array.from([-1000, 0, 1000]), { slope: 2, intercept: 10 }), {
    center: 10.5,
    width: 4001,
  })
  expect([...shown]).toEqual([0, 128, 255])
  const inverted = frame(Float32Array.from([0, 1]), {
    photometric: 'MONOCHROME1',
    voiFunction: 'LINEAR_EXACT',
  })
  expect([...displayBytes(inverted, { center: 0.5, width: 1 })]).toEqual([255, 0])
})

test('modality values are slope times stored value plus intercept', () => {
  expect([...modalityValues(frame(Int16Array.from([0, 100]), { slope: 0.5, intercept: -1024 }))]).toEqual([
    -1024, -974,
  ])
})

test('the first window is the stored one, else the 1st to 99th percentile without padding', () => {
  const stored = { center: 40, width: 400, explanation: 'BRAIN' }
  expect(initialWindow(frame(Int16Array.from([1]), { windows: [stored] }))).toEqual(stored)
  const data = Int16Array.from({ length: 1101 }, (_, at) => (at < 101 ? -2000 : at - 101))
  const { center, width } = initialWindow(frame(data, { padding: -2000, slope: 2, intercept: -100 }))
  expect(center - 0.5 - (width - 1) / 2).toBeCloseTo(10 * 2 - 100, 6)
  expect(center - 0.5 + (width - 1) / 2).toBeCloseTo(989 * 2 - 100, 6)
})
