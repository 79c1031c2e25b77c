import { expect, it } from 'vitest'
import { colourOf } from './heat'

it('is clear where nothing matters, and grows brighter and denser with relevance', () => {
  expect(colourOf(0)[3]).toBe(0)
  const all = Array.from({ length: 256 }, (_, relevance) => colourOf(relevance))
  const luminance = all.map(([red, green, blue]) => 0.299 * red + 0.587 * green + 0.114 * blue)
  for (let at = 1; at < 256; at += 1) {
    expect(luminance[at]).toBeGreaterThanOrEqual((luminance[at - 1] ?? 0) - 1)
    expect(all[at]?.[3]).toBeGreaterThanOrEqual(all[at - 1]?.[3] ?? 0)
  }
  expect(colourOf(255)).toEqual([252, 255, 164, 255])
})
