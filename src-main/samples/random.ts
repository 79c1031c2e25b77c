/** A stream of pseudo-random numbers that a seed fixes on every computer. */
export interface RandomStream {
  /** The next number, uniform in [0, 1). */
  next(): number
  /** Uniform in [low, high). */
  between(low: number, high: number): number
  /** A whole number in [0, count). */
  below(count: number): number
}

/**
 * Opens a stream from whole numbers, the same numbers giving the same stream (mulberry32).
 * Streams opened with different numbers are independent enough for pictures, not for statistics.
 */
export function randomStream(...seeds: readonly number[]): RandomStream {
  let state = 0x9e3779b9
  for (const seed of seeds) state = mix(state ^ (seed >>> 0)) + 0x6d2b79f5
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    return mix(state) / 4294967296
  }
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    below: (count) => Math.floor(next() * count),
  }
}

function mix(value: number): number {
  let t = Math.imul(value ^ (value >>> 15), value | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return (t ^ (t >>> 14)) >>> 0
}

/** A table of standard normal numbers (Box-Muller); pictures draw from it at random places for speed. */
export function normalTable(size: number, random: RandomStream): Float32Array {
  const table = new Float32Array(size)
  for (let i = 0; i < size; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()))
    const angle = 2 * Math.PI * random.next()
    table[i] = radius * Math.cos(angle)
    if (i + 1 < size) table[i + 1] = radius * Math.sin(angle)
  }
  return table
}
