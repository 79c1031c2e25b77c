import { expect, it } from 'vitest'
import type { Frame } from '#shared/domain/image'
import { traitsOf } from './traits'

function frameOf(rows: number, columns: number, value: (x: number, y: number) => number): Frame {
  const data = Uint8Array.from({ length: rows * columns * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3)
    return value(pixel % columns, Math.floor(pixel / columns))
  })
  return {
    rows,
    columns,
    samples: 3,
    type: 'uint8',
    photometric: 'RGB',
    slope: 1,
    intercept: 0,
    unit: null,
    windows: [],
    voiFunction: 'LINEAR',
    min: 0,
    max: 255,
    padding: null,
    spacing: null,
    data,
  }
}
const waves = (x: number, y: number) => 128 + 60 * Math.sin(x / 9) * Math.cos(y / 13)
const different = (a: Uint8Array, b: Uint8Array) =>
  a.reduce((sum, byte, i) => sum + (byte ^ (b[i] ?? 0)).toString(2).replaceAll('0', '').length, 0)

it('finds a picture again after scaling and brightening, and tells another from it', () => {
  const [first, scaled, other] = [
    traitsOf(frameOf(200, 300, waves)),
    traitsOf(frameOf(100, 150, (x, y) => 20 + waves(2 * x, 2 * y))),
    traitsOf(frameOf(200, 300, (x, y) => waves(y * 1.7 + 40, x * 0.6))),
  ]
  expect(different(first.likeness, scaled.likeness)).toBeLessThan(20)
  expect(different(first.likeness, other.likeness)).toBeGreaterThan(60)
  expect(first.pixels).not.toBe(scaled.pixels)
  expect(first.pixels).toBe(traitsOf(frameOf(200, 300, waves)).pixels)
})

it('measures blank, sharp and clipped pictures', () => {
  expect(traitsOf(frameOf(40, 40, () => 7))).toMatchObject({
    brightness: 7,
    contrast: 0,
    sharpness: 0,
    dark: 0,
    bright: 0,
  })
  const halves = traitsOf(frameOf(40, 40, (x) => (x < 20 ? 0 : 255)))
  expect([halves.dark, halves.bright]).toEqual([0.5, 0.5])
  const board = (size: number) =>
    traitsOf(frameOf(64, 64, (x, y) => (((x / size) ^ (y / size)) & 1) * 200)).sharpness
  expect(board(1)).toBeGreaterThan(10 * board(16))
})
