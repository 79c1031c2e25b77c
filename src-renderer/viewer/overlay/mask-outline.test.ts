import { describe, expect, it } from 'vitest'
import { type Loop, outlineOf } from './mask-outline'

const parse = (...lines: string[]) =>
  Uint8Array.from(lines.join(''), (character) => (character === '#' ? 1 : 0))

/** Area by the shoelace formula: clockwise (y down) is positive, holes are negative. */
const area = (loop: Loop) => {
  let sum = 0
  for (let at = 0; at < loop.length; at += 2) {
    const next = (at + 2) % loop.length
    sum += (loop[at] ?? 0) * (loop[next + 1] ?? 0) - (loop[next] ?? 0) * (loop[at + 1] ?? 0)
  }
  return sum / 2
}

describe('outline of a mask', () => {
  it('goes round a single pixel', () => {
    expect(outlineOf(parse('...', '.#.', '...'), 3, 3)).toEqual([[1, 1, 2, 1, 2, 2, 1, 2]])
  })

  it('names only the corners of a rectangle, at the edge of the picture too', () => {
    expect(outlineOf(parse('###', '###'), 2, 3)).toEqual([[0, 0, 3, 0, 3, 2, 0, 2]])
  })

  it('goes round a hole the other way', () => {
    const loops = outlineOf(parse('####', '#..#', '####'), 3, 4)
    expect(loops.map(area)).toEqual([12, -2])
  })

  it('keeps pixels that touch at a corner together', () => {
    expect(outlineOf(parse('#.', '.#'), 2, 2)).toHaveLength(1)
    expect(outlineOf(parse('.#', '#.'), 2, 2)).toHaveLength(1)
  })

  it('encloses exactly the set pixels of any mask', () => {
    let seed = 7
    const random = () => {
      seed = (seed * 16807) % 2147483647
      return seed / 2147483647
    }
    for (let round = 0; round < 50; round += 1) {
      const mask = Uint8Array.from({ length: 16 * 11 }, () => (random() < 0.55 ? 1 : 0))
      const enclosed = outlineOf(mask, 11, 16).reduce((sum, loop) => sum + area(loop), 0)
      expect(enclosed).toBe(mask.reduce((sum, value) => sum + value, 0))
    }
  })
})
