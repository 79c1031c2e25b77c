import { expect, it } from 'vitest'
import { encodeRle } from '#shared/geometry/rle'
import { maskPath } from './mask-path'

it('outlines a mask in pixels of the image', () => {
  const mask = encodeRle([0, 0, 0, 0, 1, 1], 2, 3)
  expect(maskPath(mask)).toBe('M1 1L3 1L3 2L1 2Z')
  expect(maskPath(encodeRle([0, 0], 1, 2))).toBe('')
})
