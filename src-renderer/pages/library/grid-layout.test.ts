import { describe, expect, it } from 'vitest'
import { gridLayout } from './grid-layout'

describe('the grid of cards', () => {
  it.each([100, 320, 640, 993, 1008, 1500, 3600])(
    'fills a width of %i px without overflowing it',
    (width) => {
      const { columns, rowHeight } = gridLayout(width)
      const inner = Math.max(176, width - 32)
      const card = (inner - (columns - 1) * 12) / columns
      expect(card).toBeGreaterThanOrEqual(176)
      expect(columns * card + (columns - 1) * 12).toBeCloseTo(inner)
      expect((columns + 1) * 176 + columns * 12).toBeGreaterThan(inner)
      expect(rowHeight).toBe(Math.floor(card + 82))
    },
  )
})
