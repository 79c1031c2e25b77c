import { describe, expect, it } from 'vitest'
import type { Lesion } from '#shared/domain/finding'
import { nextLesion } from './jump'

const lesion = (id: number, keySlice: number): Lesion => ({
  id,
  ordinal: id,
  label: 'tumour',
  volumeMm3: null,
  volumeMl: null,
  longestAxialDiameterMm: null,
  firstSlice: keySlice,
  lastSlice: keySlice,
  keySlice,
  meanProbability: 0.5,
  maxProbability: 0.5,
})

describe('next lesion', () => {
  const lesions = [lesion(1, 30), lesion(2, 10), lesion(3, 20)]

  it('goes by place in the stack, not by number', () => {
    expect(nextLesion(lesions, 10, 1)?.id).toBe(3)
    expect(nextLesion(lesions, 30, -1)?.id).toBe(3)
  })

  it('goes round at the ends', () => {
    expect(nextLesion(lesions, 30, 1)?.id).toBe(2)
    expect(nextLesion(lesions, 10, -1)?.id).toBe(1)
    expect(nextLesion([], 5, 1)).toBeUndefined()
  })
})
