import { expect, it } from 'vitest'
import type { Pixel } from './camera'
import { visibilityMap } from './visibility'

const rectangle = (left: number, top: number, right: number, foot: number): Pixel[] => [
  [left, top],
  [right, top],
  [right, foot],
  [left, foot],
]

it('tells what is left of things behind others, behind nothing that counts, and beyond the edge', () => {
  const map = visibilityMap(200, 100)
  map.cover(rectangle(10, 10, 50, 50), 1)
  map.cover(rectangle(30, 10, 70, 50), 2)
  map.cover(rectangle(180, 0, 220, 100), 3)
  map.cover(rectangle(100, 20, 120, 40), 4)
  map.cover(rectangle(90, 10, 130, 50), 0)
  const seen = map.seen()
  expect(seen.get(1)?.box).toEqual([10, 10, 20, 41])
  expect(seen.get(1)?.visible).toBeCloseTo(0.5, 1)
  expect(seen.get(2)).toEqual({ box: [30, 10, 41, 41], visible: 1 })
  expect(seen.get(3)?.box).toEqual([180, 0, 20, 100])
  expect(seen.get(3)?.visible).toBeCloseTo(0.5, 1)
  expect(seen.has(4)).toBe(false)
  expect(seen.has(0)).toBe(false)
})
