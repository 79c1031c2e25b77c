import { describe, expect, it } from 'vitest'
import type { Shape } from '../../domain/annotation/shape'
import { areaOfRle, decodeRle, encodeRle } from '../rle'
import { randomMask, seeded } from '../testing'
import { boxOfMask, cropOf, pasteCrop } from './crop'
import { interpolateMasks } from './interpolate'
import { fillHoles, intersect, splitMask, subtract, union } from './mask-algebra'
import { measure } from './measures'
import { movedBy } from './move'
import { outlineOf } from './outline'
import { maskOf } from './parts'

const random = seeded(7)
const masks = Array.from({ length: 40 }, (_, at) => {
  const [rows, columns] = [3 + (at % 9), 2 + (at % 13)]
  return encodeRle(randomMask(random, rows, columns, 0.2 + (at % 5) * 0.15), rows, columns)
})
const disc = (size: number, x: number, y: number, radius: number) => {
  const mask = maskOf({ kind: 'ellipse', centre: [x, y], radii: [radius, radius], angle: 0 }, size, size)
  if (!mask) throw new Error('an empty disc')
  return mask
}

describe('mask and polygon', () => {
  it('turn into each other without any drift, holes and single pixels included', () => {
    for (const mask of masks) {
      const parts = outlineOf(mask)
      if (parts.length === 0) continue
      expect(maskOf({ kind: 'polygon', parts }, mask.rows, mask.columns)).toEqual(mask)
    }
  })

  it('keep the area of a ring with a hole', () => {
    const ring = subtract(disc(64, 32, 32, 20), disc(64, 32, 32, 8))
    const parts = outlineOf(ring)
    expect(parts.map((rings) => rings.length)).toEqual([2])
    expect(measure({ kind: 'polygon', parts }, null).area).toBeCloseTo(areaOfRle(ring), 9)
  })
})

describe('masks', () => {
  it('are cut to their box and pasted back', () => {
    for (const mask of masks)
      expect(pasteCrop(cropOf(mask, 1), mask.rows, mask.columns)).toEqual(canonical(mask))
  })

  it('are joined, taken away and cut pixel by pixel', () => {
    const [rows, columns] = [9, 11]
    for (let round = 0; round < 30; round += 1) {
      const [a, b] = [randomMask(random, rows, columns), randomMask(random, rows, columns)]
      const [left, right] = [encodeRle(a, rows, columns), encodeRle(b, rows, columns)]
      const of = (rule: (p: number, q: number) => number) => a.map((one, at) => rule(one, b[at] ?? 0))
      expect(decodeRle(union(left, right))).toEqual(of((p, q) => p | q))
      expect(decodeRle(subtract(left, right))).toEqual(of((p, q) => p & (1 - q)))
      expect(decodeRle(intersect(left, right))).toEqual(of((p, q) => p & q))
    }
  })

  it('fall into regions that add up to the whole', () => {
    for (const mask of masks) {
      const parts = splitMask(mask)
      const whole = parts.reduce((sum, part) => union(sum, part), subtract(mask, mask))
      expect(decodeRle(whole)).toEqual(decodeRle(mask))
      expect(parts.reduce((sum, part) => sum + areaOfRle(part), 0)).toBe(areaOfRle(mask))
    }
    expect(splitMask(union(disc(64, 16, 16, 8), disc(64, 48, 48, 8)))).toHaveLength(2)
  })

  it('lose their holes and nothing else', () => {
    const whole = disc(64, 32, 32, 20)
    expect(fillHoles(subtract(whole, disc(64, 30, 33, 6)))).toEqual(whole)
    expect(fillHoles(whole)).toEqual(whole)
  })
})

describe('interpolation between slices', () => {
  it('is each mask at its own end', () => {
    const [first, second] = [disc(96, 40, 40, 12), disc(96, 52, 48, 20)]
    expect(interpolateMasks(first, second, 0)).toEqual(first)
    expect(interpolateMasks(first, second, 1)).toEqual(second)
  })

  it('grows and moves halfway', () => {
    const between = interpolateMasks(disc(96, 40, 40, 12), disc(96, 52, 48, 20), 0.5)
    const [x, y, width, height] = boxOfMask(between)
    expect(Math.abs(x + width / 2 - 46)).toBeLessThan(1.1)
    expect(Math.abs(y + height / 2 - 44)).toBeLessThan(1.1)
    expect(Math.sqrt(areaOfRle(between) / Math.PI)).toBeCloseTo(16, 0)
  })

  it('moves a part that does not overlap across', () => {
    const between = interpolateMasks(disc(96, 20, 20, 6), disc(96, 70, 20, 6), 0.5)
    expect(boxOfMask(between)).toEqual(boxOfMask(disc(96, 45, 20, 6)))
  })
})

describe('measures', () => {
  const line: Shape = {
    kind: 'line',
    points: [
      [0, 0],
      [3, 4],
    ],
  }

  it('are in millimetres where the spacing is known, and heed pixels that are not square', () => {
    expect(measure(line, null)).toMatchObject({ unit: 'px', length: 5 })
    expect(measure(line, [0.5, 2])).toMatchObject({ unit: 'mm', length: Math.hypot(6, 2) })
    expect(measure({ kind: 'box', box: [0, 0, 10, 4], angle: 0 }, [0.5, 2])).toMatchObject({
      area: 40,
      sides: [20, 2],
    })
    const turned = measure({ kind: 'box', box: [0, 0, 10, 4], angle: 90 }, [0.5, 2]).sides
    expect(turned?.map((side) => Math.round(side * 1e6) / 1e6)).toEqual([5, 8])
  })

  it('are right for angles and ellipses', () => {
    expect(
      measure(
        {
          kind: 'angle',
          points: [
            [5, 0],
            [0, 0],
            [0, 3],
          ],
        },
        null,
      ).angle,
    ).toBeCloseTo(90, 9)
    expect(
      measure(
        {
          kind: 'angle',
          points: [
            [5, 0],
            [0, 0],
            [-2, 0],
          ],
        },
        [3, 1],
      ).angle,
    ).toBeCloseTo(180, 9)
    expect(measure({ kind: 'ellipse', centre: [9, 9], radii: [4, 2], angle: 0 }, [1, 1]).area).toBeCloseTo(
      8 * Math.PI,
    )
  })
})

it('moves every shape by pixels, masks cut at the edge of their image', () => {
  const mask = disc(64, 32, 32, 5)
  expect(movedBy({ kind: 'mask', mask }, [10.2, -4])).toEqual({ kind: 'mask', mask: disc(64, 42, 28, 5) })
  const cut = movedBy({ kind: 'mask', mask }, [30, 0])
  expect(cut.kind === 'mask' && areaOfRle(cut.mask)).toBeLessThan(areaOfRle(mask))
  expect(movedBy({ kind: 'box', box: [1, 2, 3, 4], angle: 30 }, [1, 1])).toEqual({
    kind: 'box',
    box: [2, 3, 3, 4],
    angle: 30,
  })
})

/** As `encodeRle` writes it. */
const canonical = (mask: { rows: number; columns: number; runs: number[] }) =>
  encodeRle(decodeRle(mask), mask.rows, mask.columns)
