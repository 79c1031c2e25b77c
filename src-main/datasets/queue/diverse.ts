/** A picture with its vector for similarity, of length 1. */
export interface Embedded {
  imageId: number
  vector: Float32Array
}

/** Of more pictures than these, every so many stand for all. */
const mostLabelled = 256
const mostCandidates = 2000

export interface Chosen {
  imageId: number
  /** Cosine distance to the nearest picture that is labelled or was chosen before. */
  distance: number
}

/**
 * Picks pictures that are unlike everything labelled and unlike each other: always the one farthest from all that is
 * there (greedy k-centre, Sener and Savarese 2018). Without anything labelled it starts from the first.
 */
export function mostDiverse(
  all: readonly Embedded[],
  labelled: readonly Embedded[],
  count: number,
): Chosen[] {
  const candidates = everySoMany(all, Math.max(mostCandidates, count))
  const nearest = new Float64Array(candidates.length).fill(
    labelled.length === 0 ? 2 : Number.POSITIVE_INFINITY,
  )
  for (const { vector } of everySoMany(labelled, mostLabelled)) comeNearer(nearest, candidates, vector)
  const chosen: Chosen[] = []
  while (chosen.length < Math.min(count, candidates.length)) {
    let far = 0
    for (let i = 1; i < nearest.length; i++) if ((nearest[i] ?? 0) > (nearest[far] ?? 0)) far = i
    const candidate = candidates[far]
    const distance = nearest[far] ?? 0
    if (!candidate || distance < 0) break
    chosen.push({ imageId: candidate.imageId, distance })
    comeNearer(nearest, candidates, candidate.vector)
    nearest[far] = -1
  }
  return chosen
}

function everySoMany<T>(all: readonly T[], most: number): T[] {
  const step = Math.max(1, all.length / most)
  return all.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step))
}

function comeNearer(nearest: Float64Array, candidates: readonly Embedded[], to: Float32Array): void {
  candidates.forEach(({ vector }, i) => {
    if ((nearest[i] ?? -1) < 0) return
    let product = 0
    for (let at = 0; at < to.length; at++) product += (vector[at] as number) * (to[at] as number)
    nearest[i] = Math.min(nearest[i] ?? 2, 1 - product)
  })
}
