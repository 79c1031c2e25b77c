import type { NearPictures } from '#main/similarity/near/near-pictures'
import type { Comparison } from '#shared/domain/data-set/comparison'
import { type Likeness, leastContrast, pairsByHash } from './likeness'

/** Two pictures that are all but the same, and by which signs. */
export interface NearPair {
  /** Places in the list that was given, the smaller first. */
  a: number
  b: number
  /** Share of the bits of their hashes that are equal; null where these did not tell. */
  likeness: number | null
  /** Of their vectors; null where these did not tell. */
  cosine: number | null
}

/** Pairs that either sign finds, in order; pictures without contrast are like everything and are left out. */
export async function nearPairs(
  pictures: readonly Likeness[],
  near: Pick<NearPictures, 'pairs'>,
  signal?: AbortSignal,
): Promise<{ pairs: NearPair[]; compared: Comparison }> {
  const byPlaces = new Map<number, NearPair>()
  const key = (a: number, b: number) => a * pictures.length + b
  for (const { a, b, likeness } of await pairsByHash(pictures, signal ? { signal } : {})) {
    byPlaces.set(key(a, b), { a, b, likeness, cosine: null })
  }
  const telling = pictures.flatMap(({ contrast }, place) => (contrast >= leastContrast ? place : []))
  const found = await near.pairs(
    telling.map((place) => pictures[place]?.imageId ?? 0),
    signal,
  )
  for (const { cosine, ...pair } of found.pairs) {
    const [a, b] = [telling[pair.a] ?? 0, telling[pair.b] ?? 0]
    byPlaces.set(key(a, b), { a, b, likeness: byPlaces.get(key(a, b))?.likeness ?? null, cosine })
  }
  return {
    pairs: [...byPlaces.values()].sort((left, right) => left.a - right.a || left.b - right.b),
    compared: {
      pictures: pictures.length,
      vectors: found.vectors,
      byHashAlone: telling.length - found.compared,
    },
  }
}
