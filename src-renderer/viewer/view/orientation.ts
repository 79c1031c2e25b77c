import type { Orientation } from './view-state'

type Direction = readonly [number, number, number]

/** Least cosine with an axis for its letter to be named: about 11 degrees off the plane across it. */
const leastCosine = 0.2

/**
 * Letters of a direction in the patient (LPS), the strongest first, e.g. `L`, `AL`, `HPR`. `L` is the
 * patient's left, `P` the back, `H` the head.
 */
export function directionLetters(direction: Direction): string {
  const named = [
    { size: direction[0], letters: 'RL' },
    { size: direction[1], letters: 'AP' },
    { size: direction[2], letters: 'FH' },
  ]
  return named
    .filter(({ size }) => Math.abs(size) >= leastCosine)
    .sort((left, right) => Math.abs(right.size) - Math.abs(left.size))
    .map(({ size, letters }) => letters[size > 0 ? 1 : 0])
    .join('')
}

export interface EdgeLetters {
  top: string
  right: string
  bottom: string
  left: string
}

/** The letters at the four edges of the viewport; `cosines` are those of the row, then of the column. */
export function edgeLetters(cosines: readonly number[], orientation: Orientation): EdgeLetters {
  const [rx = 0, ry = 0, rz = 0, cx = 0, cy = 0, cz = 0] = cosines
  const [xx, xy, yx, yy] = orientation
  const across: Direction = [xx * rx + xy * cx, xx * ry + xy * cy, xx * rz + xy * cz]
  const down: Direction = [yx * rx + yy * cx, yx * ry + yy * cy, yx * rz + yy * cz]
  const opposite = ([x, y, z]: Direction): Direction => [-x, -y, -z]
  return {
    top: directionLetters(opposite(down)),
    right: directionLetters(across),
    bottom: directionLetters(down),
    left: directionLetters(opposite(across)),
  }
}
