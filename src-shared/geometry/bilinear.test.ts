import { describe, expect, it } from 'vitest'
import { resizeBilinear, resizeWindow } from './bilinear'
import { seeded } from './testing'

const plane = [0, 10, 20, 30, 40, 80]

describe('bilinear resampling', () => {
  it('gives the numbers of torch.nn.functional.interpolate', () => {
    const rounded = (to: [number, number]) =>
      [...resizeBilinear(plane, [2, 3], to)].map((value) => Number(value.toFixed(4)))
    expect(rounded([3, 5])).toEqual([0, 4, 10, 16, 20, 15, 19, 25, 40, 50, 30, 34, 40, 64, 80])
    expect(rounded([1, 2])).toEqual([17.5, 43.75])
    expect(rounded([4, 3])).toEqual([0, 10, 20, 7.5, 17.5, 35, 22.5, 32.5, 65, 30, 40, 80])
  })

  it('leaves a plane of the same size as it is', () => {
    expect([...resizeBilinear(plane, [2, 3], [2, 3])]).toEqual(plane)
  })

  it('takes a window for a plane that is zero outside it', () => {
    const random = seeded(9)
    for (let i = 0; i < 40; i++) {
      const [rows, columns] = [1 + Math.floor(random() * 9), 1 + Math.floor(random() * 9)]
      const to: [number, number] = [1 + Math.floor(random() * 20), 1 + Math.floor(random() * 20)]
      const left = Math.floor(random() * columns)
      const top = Math.floor(random() * rows)
      const width = 1 + Math.floor(random() * (columns - left))
      const height = 1 + Math.floor(random() * (rows - top))
      const values = Array.from({ length: width * height }, random)
      const whole = new Float64Array(rows * columns)
      values.forEach((value, at) => {
        whole[(top + Math.floor(at / width)) * columns + left + (at % width)] = value
      })
      expect(resizeWindow(values, [left, top, width, height], [rows, columns], to)).toEqual(
        resizeBilinear(whole, [rows, columns], to),
      )
    }
  })
})
