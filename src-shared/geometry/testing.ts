/** Random numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A rows x columns mask whose pixels are set with the given chance. */
export function randomMask(random: () => number, rows: number, columns: number, chance = 0.4): Uint8Array {
  return Uint8Array.from({ length: rows * columns }, () => (random() < chance ? 1 : 0))
}
