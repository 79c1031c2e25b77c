import { describe, expect, test } from 'vitest'
import { textLines } from './text-lines'

/** A few letters, five columns and seven rows of dots each. */
const letters: Record<string, string[]> = {
  D: ['####.', '#...#', '#...#', '#...#', '#...#', '#...#', '####.'],
  O: ['.###.', '#...#', '#...#', '#...#', '#...#', '#...#', '.###.'],
  E: ['#####', '#....', '#....', '####.', '#....', '#....', '#####'],
  J: ['..###', '...#.', '...#.', '...#.', '#..#.', '#..#.', '.##..'],
  A: ['.###.', '#...#', '#...#', '#####', '#...#', '#...#', '#...#'],
  N: ['#...#', '##..#', '##..#', '#.#.#', '#..##', '#..##', '#...#'],
  '1': ['..#..', '.##..', '..#..', '..#..', '..#..', '..#..', '.###.'],
  '9': ['.###.', '#...#', '#...#', '.####', '....#', '....#', '.###.'],
}

interface Picture {
  rows: number
  columns: number
  grey: Uint8Array
}

/** Speckle as of ultrasound, brighter in the middle; the same every time. */
function speckle(rows: number, columns: number): Picture {
  let seed = 7
  const random = () => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31
    return seed / 2 ** 31
  }
  const grey = Uint8Array.from({ length: rows * columns }, (_, at) => {
    const [y, x] = [Math.floor(at / columns) / rows, (at % columns) / columns]
    const tissue = 90 * Math.exp(-((y - 0.5) ** 2 + (x - 0.5) ** 2) * 8)
    return tissue * (0.6 + 0.8 * random())
  })
  return { rows, columns, grey }
}

function write(picture: Picture, text: string, x: number, y: number, scale: number, value: number): void {
  for (const [index, letter] of [...text].entries()) {
    for (const [row, line] of (letters[letter] ?? []).entries()) {
      for (const [column, dot] of [...line].entries()) {
        if (dot !== '#') continue
        for (let at = 0; at < scale * scale; at++) {
          const across = x + (index * 6 + column) * scale + (at % scale)
          const down = y + row * scale + Math.floor(at / scale)
          picture.grey[down * picture.columns + across] = value
        }
      }
    }
  }
}

/** Whether one box covers all of a text written at a place. */
function covers(picture: Picture, text: string, x: number, y: number, scale: number): boolean {
  const [right, bottom] = [x + (text.length * 6 - 1) * scale, y + 7 * scale]
  return textLines(picture.grey, picture.rows, picture.columns).some(
    (box) => box.x <= x && box.y <= y && box.x + box.width >= right && box.y + box.height >= bottom,
  )
}

describe('writing', () => {
  test.each([1, 2, 3, 5])('white letters of %i dots are covered as a whole', (scale) => {
    const picture = speckle(240, 320)
    write(picture, 'DOE JANE', 20, 8, scale, 250)
    expect(covers(picture, 'DOE JANE', 20, 8, scale)).toBe(true)
  })

  test('dark letters on a light ground', () => {
    const picture = { rows: 100, columns: 240, grey: new Uint8Array(24_000).fill(210) }
    write(picture, 'JANE 1991', 12, 40, 2, 20)
    expect(covers(picture, 'JANE 1991', 12, 40, 2)).toBe(true)
  })

  test('letters upon tissue', () => {
    const picture = speckle(240, 320)
    write(picture, 'ANNA', 130, 110, 2, 255)
    expect(covers(picture, 'ANNA', 130, 110, 2)).toBe(true)
  })
})

test('speckle alone is no writing, nor is an edge or a disc', () => {
  const picture = speckle(240, 320)
  expect(textLines(picture.grey, 240, 320)).toEqual([])
  const disc = Uint8Array.from({ length: 240 * 320 }, (_, at) =>
    Math.hypot(Math.floor(at / 320) - 120, (at % 320) - 160) < 70 ? 220 : 10,
  )
  expect(textLines(disc, 240, 320)).toEqual([])
})
