import { expect, test } from 'vitest'
import type { FrameGeometry } from '../domain/image'
import { stackCautions } from './stack-cautions'

const slice = (change: Partial<FrameGeometry>) => ({
  rows: 4,
  columns: 4,
  geometry: {
    position: [0, 0, 0],
    orientation: [1, 0, 0, 0, 1, 0],
    spacing: [1, 1],
    spacingSource: 'PixelSpacing',
    thickness: 3,
    ...change,
  } satisfies FrameGeometry,
})
const at = (z: number, y = 0) => slice({ position: [0, y, z] })

test('a regular stack, and one of several images at each place, has no cautions', () => {
  expect(stackCautions([at(0), at(3), at(6.1)])).toEqual([])
  expect(stackCautions([at(0), at(0), at(3), at(3)])).toEqual([])
  expect(stackCautions([at(0)])).toEqual([])
})

test('a missing slice makes the distances uneven', () => {
  expect(stackCautions([at(0), at(3), at(9)])).toEqual([{ kind: 'distances', least: 3, most: 6 }])
})

test('a tilted gantry shears the stack', () => {
  const shift = 3 * Math.tan((20 * Math.PI) / 180)
  const [caution] = stackCautions([at(0), at(3, shift), at(6, 2 * shift)])
  expect(caution).toMatchObject({ kind: 'tilt', degrees: expect.closeTo(20, 6) })
})

test('mixed directions and spacings are told', () => {
  const other = slice({ position: [0, 0, 3], orientation: [0, 1, 0, 0, 0, 1] })
  expect(stackCautions([at(0), other])).toEqual([{ kind: 'orientations' }])
  const finer = slice({ position: [0, 0, 3], spacing: [0.5, 0.5] })
  expect(stackCautions([at(0), finer])).toEqual([{ kind: 'spacings' }])
})
