import { describe, expect, it } from 'vitest'
import { orderStack } from './stack-order'

const axial = [1, 0, 0, 0, 1, 0]
const slice = (name: string, rest: object = {}) => ({
  name,
  frame: 0,
  number: null,
  position: null,
  orientation: null,
  ...rest,
})
const names = (slices: readonly { name: string }[]) => slices.map(({ name }) => name)

describe('orderStack', () => {
  it('goes by position along the normal, whatever number and name say', () => {
    const oblique = [1, 0, 0, 0, Math.SQRT1_2, -Math.SQRT1_2]
    const at = (distance: number) => [5, distance * Math.SQRT1_2 - 3, distance * Math.SQRT1_2 + 7]
    const slices = [3, -20, 0.5].map((distance, index) =>
      slice(`${index}`, { number: index, position: at(distance), orientation: oblique }),
    )
    expect(orderStack(slices)).toMatchObject({ order: 'position' })
    expect(names(orderStack(slices).sorted)).toEqual(['1', '2', '0'])
  })

  it('goes by number where one slice has no position, or all have the same', () => {
    const placed = { position: [0, 0, 9], orientation: axial }
    const some = [
      slice('a', { number: 10, ...placed }),
      slice('b', { number: 9 }),
      slice('c', { number: 2, ...placed }),
    ]
    expect(orderStack(some).order).toBe('instance')
    expect(names(orderStack(some).sorted)).toEqual(['c', 'b', 'a'])
    const together = [slice('a', { number: 2, ...placed }), slice('b', { number: 1, ...placed })]
    expect(names(orderStack(together).sorted)).toEqual(['b', 'a'])
  })

  it('goes by name, numbers in it counted, where a slice has no number', () => {
    const { order, sorted } = orderStack([
      slice('img10.png'),
      slice('img9.png', { number: 77 }),
      slice('img1.png'),
    ])
    expect(order).toBe('name')
    expect(names(sorted)).toEqual(['img1.png', 'img9.png', 'img10.png'])
  })

  it('keeps the frames of a file together and in order', () => {
    const frames = [2, 0, 1].map((frame) => slice('loop', { frame, number: 1 }))
    expect(orderStack(frames).sorted.map(({ frame }) => frame)).toEqual([0, 1, 2])
  })
})
