import { describe, expect, test } from 'vitest'
import type { FrameGeometry } from '../domain/image'
import { reslice, type Slab, type Volume } from './reslice'
import { inPatient } from './slice-plane'
import { dot, plus, unit, type Vector } from './vector'
import { reducedGrid, type VolumeGrid, volumeOfStack } from './volume-grid'
import { middleOf, planeFrames, planeStep, volumePlane } from './volume-planes'

const thin: Slab = { millimetres: 0, projection: 'mean' }

/** Linear in the patient, so that trilinear interpolation gives it back exactly, whatever the direction. */
const linear = ([x, y, z]: Vector) => 100 + 3 * x - 2 * y + 0.5 * z

function filled(grid: VolumeGrid, value: (place: Vector) => number, slope = 1, intercept = 0): Volume {
  const [columns, rows, slices] = grid.size
  const values = new Float32Array(columns * rows * slices)
  let at = 0
  for (let k = 0; k < slices; k += 1)
    for (let j = 0; j < rows; j += 1)
      for (let i = 0; i < columns; i += 1) {
        const place = plus(plus(plus(grid.origin, grid.steps[0], i), grid.steps[1], j), grid.steps[2], k)
        values[at++] = (value(place) - intercept) / slope
      }
  return { grid, values, slope, intercept }
}

const upright: VolumeGrid = {
  size: [12, 10, 8],
  origin: [-6, 4, 50],
  steps: [
    [1, 0, 0],
    [0, 2, 0],
    [0, 0, 3],
  ],
}

/** Row, column and slice turned about two axes, and the slices shifted like those of a tilted gantry. */
const oblique: VolumeGrid = {
  size: [14, 12, 10],
  origin: [3, -20, 7],
  steps: [
    [0.8, 0.6 * 0.8, 0.6 * 0.6],
    [-0.6 * 1.5, 0.8 * 0.8 * 1.5, 0.8 * 0.6 * 1.5],
    [0.1, -0.6 * 2 + 0.2, 0.8 * 2],
  ],
}

describe('planes through a volume', () => {
  for (const [name, grid] of Object.entries({ upright, oblique })) {
    for (const axes of ['patient', 'volume'] as const) {
      test(`${name} volume, ${axes} axes: every pixel has the value of its place`, () => {
        const volume = filled(grid, linear, 0.25, -1000)
        const place = plus(middleOf(grid), [0.3, -0.7, 0.9])
        for (const frame of Object.values(planeFrames(grid, axes))) {
          const plane = volumePlane(grid, frame, place)
          const values = reslice(volume, plane, thin)
          let inside = 0
          for (let row = 0, at = 0; row < plane.rows; row += 1)
            for (let column = 0; column < plane.columns; column += 1, at += 1) {
              const value = values[at] ?? Number.NaN
              const there = inPatient(plane, column + 0.5, row + 0.5)
              if (Number.isNaN(value) || !deepInside(grid, there)) continue
              inside += 1
              expect(value).toBeCloseTo(linear(there), 2)
            }
          expect(inside).toBeGreaterThan(50)
          expect(dot(place, frame.normal)).toBeCloseTo(dot(plane.origin, frame.normal), 9)
        }
      })
    }
  }

  test('an acquired slice comes back voxel by voxel', () => {
    const grid: VolumeGrid = {
      ...upright,
      steps: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 3],
      ],
    }
    const volume = filled(grid, ([x, y, z]) => Math.sin(x * 3) * 50 + y * y + z)
    const plane = volumePlane(grid, planeFrames(grid, 'patient').axial, [0, 0, 50 + 3 * 5])
    expect([plane.columns, plane.rows]).toEqual([12, 10])
    expect([...reslice(volume, plane, thin)]).toEqual([...volume.values.slice(5 * 120, 6 * 120)])
  })

  test('outside of the volume there is nothing', () => {
    const plane = volumePlane(upright, planeFrames(upright, 'patient').axial, [0, 0, 200])
    expect(reslice(filled(upright, linear), plane, thin).every(Number.isNaN)).toBe(true)
  })

  test('slabs show the greatest, the least and the mean, also where the slope is negative', () => {
    const spot = (place: Vector) => (place[2] === 59 ? 500 : place[2] === 62 ? -100 : 0)
    const frame = planeFrames(upright, 'patient').axial
    const plane = volumePlane(upright, frame, [0, 0, 59])
    for (const slope of [1, -1]) {
      const volume = filled(upright, spot, slope)
      const middle = (slab: Slab) => reslice(volume, plane, slab)[plane.columns * 5 + 5]
      expect(middle(thin)).toBe(500)
      expect(middle({ millimetres: 6, projection: 'max' })).toBe(500)
      expect(middle({ millimetres: 6, projection: 'min' })).toBe(-100)
      // 56 … 62 every millimetre: 0, 167, 333, 500, 300, 100, -100
      expect(middle({ millimetres: 6, projection: 'mean' })).toBeCloseTo(1300 / 7, 3)
    }
  })

  test('axes of the volume are named after those of the patient, head and front up', () => {
    const sagittal: VolumeGrid = {
      ...upright,
      steps: [
        [0, 1, 0],
        [0, 0, -1],
        [-4, 0, 0],
      ],
    }
    const frames = planeFrames(sagittal, 'volume')
    expect(frames.sagittal).toEqual({ across: [0, 1, 0], down: [0, 0, -1], normal: [1, 0, 0] })
    expect(frames.axial.across).toEqual([1, 0, 0])
    expect(planeStep(sagittal, frames.sagittal.normal)).toBe(4)
  })
})

describe('volumes of stacks', () => {
  const image = (position: FrameGeometry['position'], more: Partial<FrameGeometry> = {}) => ({
    rows: 20,
    columns: 30,
    geometry: {
      position,
      orientation: [1, 0, 0, 0, 1, 0] satisfies FrameGeometry['orientation'],
      spacing: [2, 1] satisfies [number, number],
      spacingSource: 'PixelSpacing' as const,
      thickness: 3,
      ...more,
    },
  })
  const received = (images: readonly ReturnType<typeof image>[]) => {
    try {
      volumeOfStack(images)
    } catch (error) {
      return error
    }
    return null
  }

  test('slices in any order make a grid', () => {
    const { grid, order, tilt, unevenness } = volumeOfStack([3, 0, 6].map((z) => image([5, 6, z])))
    expect(grid).toEqual({
      size: [30, 20, 3],
      origin: [5, 6, 0],
      steps: [
        [1, 0, 0],
        [0, 2, 0],
        [0, 0, 3],
      ],
    })
    expect(order).toEqual([1, 0, 2])
    expect([tilt, unevenness]).toEqual([0, 0])
  })

  test('a tilted gantry shears the grid', () => {
    const shift = Math.tan((20 * Math.PI) / 180)
    const { grid, tilt } = volumeOfStack([0, 3, 6].map((z) => image([0, z * shift, z])))
    expect(tilt).toBeCloseTo(20, 6)
    expect(unit(grid.steps[2])[1]).toBeCloseTo(Math.sin((20 * Math.PI) / 180), 6)
  })

  test('what is no volume is refused with the reason', () => {
    const code = { code: 'VOLUME_IRREGULAR' }
    expect(received([0, 3, 9, 12].map((z) => image([0, 0, z])))).toMatchObject({
      ...code,
      received: expect.stringContaining('off its place'),
    })
    expect(received([0, 3, 3].map((z) => image([0, 0, z])))).toMatchObject({
      ...code,
      received: 'several at one place',
    })
    expect(received([image([0, 0, 0])])).toMatchObject(code)
    expect(received([image([0, 0, 0]), image([0, 0, 3], { spacing: [1, 1] })])).toMatchObject(code)
    expect(received([image([0, 0, 0]), image([0, 0, 3], { orientation: [0, 1, 0, 0, 0, 1] })])).toMatchObject(
      {
        ...code,
        received: 'slice 2 lies another way',
      },
    )
    expect(received([image([0, 0, 0]), image(null)])).toMatchObject(code)
  })

  test('a reduced grid has its first voxel amid those it takes together', () => {
    expect(reducedGrid(upright, 2)).toEqual({
      size: [6, 5, 8],
      origin: [-5.5, 5, 50],
      steps: [
        [2, 0, 0],
        [0, 4, 0],
        [0, 0, 3],
      ],
    })
  })
})

/** Whether a place lies amid voxel centres on all sides, where interpolation is exact. */
function deepInside({ origin, steps, size }: VolumeGrid, place: Vector): boolean {
  const from: Vector = [place[0] - origin[0], place[1] - origin[1], place[2] - origin[2]]
  const [a, b, c] = steps
  const determinant = det(a, b, c)
  const index = [det(from, b, c), det(a, from, c), det(a, b, from)].map((value) => value / determinant)
  return index.every((value, axis) => value >= 0 && value <= (size[axis] ?? 0) - 1)
}

const det = (a: Vector, b: Vector, c: Vector) =>
  a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0])
