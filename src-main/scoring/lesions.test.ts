import { describe, expect, it } from 'vitest'
import type { FrameGeometry } from '#shared/domain/image'
import { hullOfMask, longestDiameter } from '#shared/geometry/diameter'
import { regionsOf } from '#shared/geometry/regions'
import { encodeRle } from '#shared/geometry/rle'
import { type LinkOptions, linkLesions, type SliceRegion } from './lesions'

const ROWS = 6
const COLUMNS = 6

/** Slices drawn as rows of digits: 0 background, 1 and 2 labels `a` and `b`. */
function volume(...slices: string[]): [number, SliceRegion[]][] {
  let findingId = 0
  return slices.map((drawing, place) => {
    const pixels = [...drawing.replaceAll(/\s/g, '')].map(Number)
    expect(pixels).toHaveLength(ROWS * COLUMNS)
    const regions = (['a', 'b'] as const).flatMap((label, index) => {
      const mask = pixels.map((value) => (value === index + 1 ? 1 : 0))
      return regionsOf(mask, Array(ROWS * COLUMNS).fill(0.5 + place / 10), ROWS, COLUMNS).map((region) => ({
        findingId: ++findingId,
        label,
        score: region.maximum,
        meanProbability: region.mean,
        box: region.box,
        areaPx: region.area,
        areaMm2: region.area * 2 * 3,
        mask: region.mask,
      }))
    })
    return [place, regions]
  })
}

const at = (z: number, extra: Partial<FrameGeometry> = {}): FrameGeometry => ({
  position: [0, 0, z],
  orientation: [1, 0, 0, 0, 1, 0],
  spacing: [2, 3],
  spacingSource: 'PixelSpacing',
  thickness: 9,
  ...extra,
})

const placed = (...z: number[]): LinkOptions => ({ stack: z.map((height) => at(height)), unplaced: false })

const EMPTY = '000000 000000 000000 000000 000000 000000'
const CORNER = '110000 110000 000000 000000 000000 000000'
const DIAGONAL = '000000 000000 001000 000000 000000 000000'
const FAR = '000000 000000 000000 000100 000000 000000'
const TWO = '110000 110000 000000 000000 000022 000022'

describe('lesions', () => {
  it('join regions that touch only diagonally across slices, and measure them', () => {
    const [lesion, ...others] = linkLesions(volume(CORNER, DIAGONAL), placed(0, 5))
    expect(others).toEqual([])
    expect(lesion).toMatchObject({
      findingIds: [1, 2],
      label: 'a',
      volumeMm3: 5 * 6 * 5,
      firstSlice: 1,
      lastSlice: 2,
      keySlice: 1,
      maxProbability: 0.6,
    })
    expect(lesion?.meanProbability).toBeCloseTo((4 * 0.5 + 0.6) / 5)
    expect(lesion?.longestAxialDiameterMm).toBeCloseTo(Math.hypot(2 * 2, 2 * 3))
  })

  it('stay apart where they do not touch, differ in label, or a slice lies between', () => {
    expect(linkLesions(volume(CORNER, FAR), placed(0, 5))).toHaveLength(2)
    expect(linkLesions(volume(TWO, TWO), placed(0, 5)).map(({ label }) => label)).toEqual(['a', 'b'])
    expect(linkLesions(volume(CORNER, EMPTY, CORNER), placed(0, 5, 10))).toHaveLength(2)
  })

  it('join two regions of one slice that meet in the next one', () => {
    const split = '100001 100001 000000 000000 000000 000000'
    const bridge = '111111 000000 000000 000000 000000 000000'
    const [lesion, ...others] = linkLesions(volume(split, bridge), placed(0, 5))
    expect(others).toEqual([])
    expect(lesion?.findingIds).toEqual([1, 2, 3])
    expect(lesion?.longestAxialDiameterMm).toBeCloseTo(Math.hypot(2 * 2, 6 * 3))
  })

  it('are cut where the stack has a gap, turns, or shows the same place again', () => {
    expect(linkLesions(volume(CORNER, CORNER, CORNER), placed(0, 5, 30))).toHaveLength(2)
    const turned = { stack: [at(0), at(5, { orientation: [0, 1, 0, 0, 0, 1] })], unplaced: true }
    expect(linkLesions(volume(CORNER, CORNER), turned)).toHaveLength(2)
    expect(linkLesions(volume(CORNER, CORNER), placed(0, 0))).toHaveLength(2)
  })

  it('know no volume without a slice distance and no length without a pixel spacing', () => {
    const bare = at(0, { position: null, orientation: null, spacing: null, thickness: null })
    const [lesion, ...others] = linkLesions(volume(CORNER, CORNER), { stack: [bare, bare], unplaced: true })
    expect(others).toEqual([])
    expect(lesion).toMatchObject({ volumeMm3: null, longestAxialDiameterMm: null, lastSlice: 2 })
    expect(linkLesions(volume(CORNER, CORNER), { stack: [bare, bare], unplaced: false })).toHaveLength(2)
  })

  it('take the slice thickness where there is one slice', () => {
    expect(linkLesions(volume(CORNER), placed(0))[0]?.volumeMm3).toBe(4 * 6 * 9)
  })
})

describe('longest diameter', () => {
  it('of a disc is its diameter to within a pixel’s diagonal', () => {
    const size = 50
    const mask = Array.from({ length: size * size }, (_, i) =>
      Math.hypot((i % size) + 0.5 - 25, Math.floor(i / size) + 0.5 - 25) <= 20 ? 1 : 0,
    )
    const hull = hullOfMask(encodeRle(mask, size, size))
    expect(longestDiameter(hull, [1, 1])).toBeGreaterThan(40)
    expect(longestDiameter(hull, [1, 1])).toBeLessThan(40 + Math.SQRT2)
    expect(longestDiameter(hull, [0.5, 0.5]) * 2).toBeCloseTo(longestDiameter(hull, [1, 1]))
  })
})
