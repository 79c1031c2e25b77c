import { expect, it } from 'vitest'
import { gridOf } from './grid'

const spacing = {
  policy: 'spacing' as const,
  millimetres: 1.4,
  multiple: 32,
  maxSide: 640,
  unknownSpacingLongestSide: 160,
}

it('brings an image to the pixel spacing of the network and pads it', () => {
  expect(gridOf({ rows: 97, columns: 54, spacing: [0.976562, 0.976562] }, spacing)).toEqual({
    content: [68, 38],
    padded: [96, 64],
    fill: 0,
  })
})

it('takes a usual size where the spacing is unknown, and never more than the longest side', () => {
  expect(gridOf({ rows: 300, columns: 600, spacing: null }, spacing).content).toEqual([80, 160])
  expect(gridOf({ rows: 1000, columns: 2000, spacing: [1.4, 1.4] }, spacing).content).toEqual([320, 640])
  expect(gridOf({ rows: 1, columns: 2000, spacing: [1, 1] }, spacing).content).toEqual([1, 640])
})

it('fits a letterbox, and stretches to a fixed size', () => {
  const letterbox = { policy: 'letterbox' as const, rows: 240, columns: 320, fill: 0.5 }
  expect(gridOf({ rows: 100, columns: 50, spacing: null }, letterbox)).toEqual({
    content: [240, 120],
    padded: [240, 320],
    fill: 0.5,
  })
  expect(gridOf({ rows: 9, columns: 5, spacing: null }, { policy: 'resize', rows: 64, columns: 32 })).toEqual(
    {
      content: [64, 32],
      padded: [64, 32],
      fill: 0,
    },
  )
})
