import type { Ring } from '#shared/domain/annotation/shape'
import { signedArea } from '#shared/geometry/shapes/parts'

/** Pairs of points looked at to find the shortest bridge; beyond it, the first points are joined. */
const mostPairs = 4_000_000

/**
 * All rings of a shape as one: holes and further parts are joined to the first ring by a bridge of no width, there
 * and back between their nearest points. The area is kept by the non-zero and the even-odd rule alike where holes run
 * the other way round, as they are made to here.
 */
export function singleRing(parts: readonly (readonly Ring[])[]): Ring {
  const rings = parts.flatMap(([outer, ...holes]) =>
    outer ? [turnedRound(outer, 1), ...holes.map((hole) => turnedRound(hole, -1))] : [],
  )
  const [first = [], ...others] = rings
  return others.reduce<Ring>((joined, ring) => bridge(joined, ring), first)
}

function bridge(ring: Ring, other: Ring): Ring {
  const [i, j] = ring.length * other.length > mostPairs ? [0, 0] : nearest(ring, other)
  return [...ring.slice(0, i + 1), ...other.slice(j), ...other.slice(0, j + 1), ...ring.slice(i)]
}

function nearest(ring: Ring, other: Ring): [number, number] {
  let best: [number, number] = [0, 0]
  let least = Number.POSITIVE_INFINITY
  ring.forEach(([x, y], i) => {
    other.forEach(([u, v], j) => {
      const distance = (x - u) ** 2 + (y - v) ** 2
      if (distance >= least) return
      least = distance
      best = [i, j]
    })
  })
  return best
}

/** @param way 1 for clockwise, -1 for the other way */
function turnedRound(ring: Ring, way: 1 | -1): Ring {
  return Math.sign(signedArea(ring)) === -way ? ring.toReversed() : ring
}
