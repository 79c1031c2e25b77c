import { describe, expect, test } from 'vitest'
import type { FrameGeometry } from '../domain/image'
import { crossingLine, inImage, inPatient, matchingSlice, planeOf, sliceDistance } from './slice-plane'

const image = (position: FrameGeometry['position'], orientation: FrameGeometry['orientation']) => ({
  rows: 100,
  columns: 80,
  geometry: {
    position,
    orientation,
    spacing: [2, 0.5] satisfies [number, number],
    spacingSource: 'PixelSpacing' as const,
    thickness: 3,
  },
})

const axial = (z: number) => image([-20, -30, z], [1, 0, 0, 0, 1, 0])
const stack = [0, 3, 6, 9, 12].map(axial)

describe('slices in the patient', () => {
  test('a pixel goes to the patient and back', () => {
    const plane = planeOf(image([1, 2, 3], [0, 1, 0, 0, 0, -1]))
    expect(plane && inPatient(plane, 0.5, 0.5)).toEqual([1, 2, 3])
    expect(plane && inPatient(plane, 2.5, 1.5)).toEqual([1, 3, 1])
    expect(plane && inImage(plane, [7, 3, 1])).toEqual([2.5, 1.5])
  })

  test('the nearest slice of a stack that lies the same way, turned over or not', () => {
    expect(matchingSlice(axial(7), stack)).toBe(2)
    expect(matchingSlice(axial(-50), stack)).toBe(0)
    expect(matchingSlice(image([0, 0, 8], [-1, 0, 0, 0, 1, 0]), stack)).toBe(3)
    expect(matchingSlice(image([0, 0, 0], [0, 1, 0, 0, 0, -1]), stack)).toBeNull()
    expect(matchingSlice({ ...axial(3), geometry: null }, stack)).toBeNull()
  })

  test('a tilted slice is matched by its centre, not its corner', () => {
    const tilt = (10 * Math.PI) / 180
    const tilted = image([-20, -30, 6], [1, 0, 0, 0, Math.cos(tilt), Math.sin(tilt)])
    // its centre lies 50 rows of 2 mm on: 17 mm higher
    expect(matchingSlice(tilted, stack)).toBe(4)
  })

  test('the distance of slices is along their normal', () => {
    expect(sliceDistance(stack)).toBe(3)
    expect(sliceDistance([axial(0), image([5, 5, 4], [1, 0, 0, 0, 1, 0])])).toBe(4)
    expect(sliceDistance([axial(0)])).toBeNull()
  })

  test('a coronal picture is cut by an axial slice in a horizontal line', () => {
    const coronal = image([-20, 0, 50], [1, 0, 0, 0, 0, -1])
    expect(crossingLine(axial(30), coronal)).toEqual([
      [80, 10.5],
      [0, 10.5],
    ])
    expect(crossingLine(axial(500), coronal)).toBeNull()
    expect(crossingLine(axial(0), axial(30))).toBeNull()
  })
})
