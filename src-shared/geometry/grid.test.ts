import { describe, expect, it } from 'vitest'
import { gridOf, visibleOf } from './grid'

const filter = 'bilinear' as const
const photograph = (rows: number, columns: number) => ({ rows, columns, spacing: null })

describe('spacing', () => {
  const size = {
    policy: 'spacing' as const,
    millimetres: 1.4,
    multiple: 32,
    maxSide: 640,
    unknownSpacingLongestSide: 160,
    filter,
  }

  it('brings an image to the pixel spacing of the network and pads it', () => {
    expect(gridOf({ rows: 97, columns: 54, spacing: [0.976562, 0.976562] }, size)).toEqual({
      content: [68, 38],
      padded: [96, 64],
      offsets: [[0, 0]],
      fill: 0,
    })
  })

  it('takes a usual size where the spacing is unknown, and never more than the longest side', () => {
    expect(gridOf(photograph(300, 600), size).content).toEqual([80, 160])
    expect(gridOf({ rows: 1000, columns: 2000, spacing: [1.4, 1.4] }, size).content).toEqual([320, 640])
    expect(gridOf({ rows: 1, columns: 2000, spacing: [1, 1] }, size).content).toEqual([1, 640])
  })
})

it('stretches to a fixed size', () => {
  const grid = gridOf(photograph(9, 5), { policy: 'resize', rows: 64, columns: 32, filter })
  expect(grid).toEqual({ content: [64, 32], padded: [64, 32], offsets: [[0, 0]], fill: 0 })
})

describe('a letterbox', () => {
  const size = { policy: 'letterbox' as const, rows: 241, columns: 320, fill: 0.5, filter }

  it('keeps proportions and centres, the odd pixel right or below', () => {
    expect(gridOf(photograph(100, 50), { ...size, align: 'centre' })).toEqual({
      content: [241, 121],
      padded: [241, 320],
      offsets: [[0, 99]],
      fill: 0.5,
    })
  })

  it('or lies at the top left', () => {
    expect(gridOf(photograph(50, 100), { ...size, align: 'top-left' }).offsets).toEqual([[0, 0]])
  })
})

describe('a centre crop', () => {
  const size = { policy: 'centre-crop' as const, rows: 224, columns: 224, shortSide: 256, filter }

  it('cuts the middle out of the scaled image', () => {
    const grid = gridOf(photograph(512, 1024), size)
    expect(grid).toMatchObject({ content: [256, 512], padded: [224, 224], offsets: [[-16, -144]] })
    expect(visibleOf(grid, [-16, -144])).toEqual([144, 16, 224, 224])
  })

  it('has a border where the image is smaller', () => {
    const grid = gridOf(photograph(100, 100), { ...size, shortSide: 200 })
    expect(grid.offsets).toEqual([[12, 12]])
    expect(visibleOf(grid, [12, 12])).toEqual([0, 0, 200, 200])
  })
})

describe('tiles', () => {
  const size = { policy: 'tiles' as const, rows: 64, columns: 64, overlap: 16, fill: 0 }

  it('cover the image, share at least the overlap and end with it', () => {
    for (const side of [65, 100, 112, 113, 500, 1000]) {
      const { offsets } = gridOf(photograph(64, side), size)
      const starts = offsets.map(([, across]) => 0 - across)
      expect(starts[0]).toBe(0)
      expect(starts.at(-1)).toBe(side - 64)
      for (const [i, start] of starts.slice(1).entries()) {
        expect(start - (starts[i] ?? 0)).toBeLessThanOrEqual(48)
      }
    }
  })

  it('are one view of a smaller image', () => {
    const grid = gridOf(photograph(30, 40), size)
    expect(grid).toEqual({ content: [30, 40], padded: [64, 64], offsets: [[0, 0]], fill: 0 })
    expect(visibleOf(grid, [0, 0])).toEqual([0, 0, 40, 30])
  })
})
