import { setImmediate } from 'node:timers/promises'
import { alongPrincipalAxes } from './principal-axes'

/** Vectors that are compared with as many others at a time: both stretches stay in the processor's cache. */
const stretch = 256
/** Places of two vectors that are compared before it is asked whether they are too far apart already. */
const step = 16
/** Directions along which two vectors are compared first: most pairs are told apart by these few. */
const axes = 8
/** Of squared distances along them, for rounding. */
const slack = 1e-5
/** Pairs that are kept for a picture; there are more only among pictures that all look the same. */
const mostOfOne = 64

/** Vectors of length 1 one after the other, and from which cosine each is like another. */
export interface Vectors {
  dimensions: number
  values: Float32Array
  from: Float32Array
}

export interface VectorPair {
  /** Places in the list that was given, the smaller first. */
  a: number
  b: number
  cosine: number
}

/**
 * Every pair of vectors whose cosine reaches the greater of their two thresholds, by place; of one picture 64 pairs with
 * later ones at most. Memory is that of the vectors: stretches are compared with stretches, and two vectors only as far
 * as it takes to know that they are too far apart, first along the directions in which all differ most. Gives way to
 * other work now and then.
 */
export async function nearVectors(vectors: Vectors, signal?: AbortSignal): Promise<VectorPair[]> {
  const count = vectors.from.length
  const pairs: VectorPair[] = []
  const kept = new Uint8Array(count)
  const places = alongPrincipalAxes(vectors.values, vectors.dimensions, axes)
  let since = performance.now()
  for (let a = 0; a < count; a += stretch) {
    for (let b = a; b < count; b += stretch) {
      compare(vectors, places, a, b, kept, pairs)
      if (performance.now() - since < 20) continue
      await setImmediate()
      signal?.throwIfAborted()
      since = performance.now()
    }
  }
  return pairs.sort((left, right) => left.a - right.a || left.b - right.b)
}

function compare(
  { dimensions, values, from }: Vectors,
  places: Float32Array,
  firstA: number,
  firstB: number,
  kept: Uint8Array,
  pairs: VectorPair[],
): void {
  const endA = Math.min(from.length, firstA + stretch)
  const endB = Math.min(from.length, firstB + stretch)
  for (let a = firstA; a < endA; a++) {
    for (let b = Math.max(a + 1, firstB); b < endB && (kept[a] as number) < mostOfOne; b++) {
      // the squared distance of unit vectors is 2 - 2 cosine
      const most = 2 - 2 * Math.max(from[a] as number, from[b] as number)
      let bound = 0
      for (let at = 0; at < axes && bound <= most + slack; at++) {
        const apart = (places[a * axes + at] as number) - (places[b * axes + at] as number)
        bound += apart * apart
      }
      if (bound > most + slack) continue
      let distance = 0
      for (let at = 0; at < dimensions && distance <= most; ) {
        for (const end = Math.min(dimensions, at + step); at < end; at++) {
          const apart = (values[a * dimensions + at] as number) - (values[b * dimensions + at] as number)
          distance += apart * apart
        }
      }
      if (distance > most) continue
      pairs.push({ a, b, cosine: Math.min(1, 1 - distance / 2) })
      kept[a] = (kept[a] as number) + 1
    }
  }
}
