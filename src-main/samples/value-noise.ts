import { randomStream } from './random'

const side = 32
const last = side - 1

/** Smooth noise in [-1, 1] over three coordinates; neighbouring lattice points lie 1 apart, the pattern repeats after 32. */
export type Noise = (x: number, y: number, z: number) => number

/** Value noise: random numbers on a lattice, blended by smoothstep in each direction. */
export function valueNoise(seed: number): Noise {
  const random = randomStream(seed, 0x6e6f6973)
  const lattice = Float32Array.from({ length: side ** 3 }, () => random.between(-1, 1))
  const at = (index: number) => lattice[index] ?? 0
  return (x, y, z) => {
    const x0 = Math.floor(x)
    const y0 = Math.floor(y)
    const z0 = Math.floor(z)
    const fx = smooth(x - x0)
    const fy = smooth(y - y0)
    const fz = smooth(z - z0)
    const left = x0 & last
    const right = (x0 + 1) & last
    const near = (z0 & last) * side * side
    const far = ((z0 + 1) & last) * side * side
    const upper = (y0 & last) * side
    const lower = ((y0 + 1) & last) * side
    const top = blend(
      blend(at(near + upper + left), at(near + upper + right), fx),
      blend(at(near + lower + left), at(near + lower + right), fx),
      fy,
    )
    const bottom = blend(
      blend(at(far + upper + left), at(far + upper + right), fx),
      blend(at(far + lower + left), at(far + lower + right), fx),
      fy,
    )
    return blend(top, bottom, fz)
  }
}

function blend(from: number, to: number, share: number): number {
  return from + (to - from) * share
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t)
}

/** 0 at `low` and beyond, 1 at `high` and beyond, smooth between; `high` may be the lesser. */
export function ramp(low: number, high: number, value: number): number {
  const t = (value - low) / (high - low)
  return t <= 0 ? 0 : t >= 1 ? 1 : smooth(t)
}
