import { expect, it } from 'vitest'
import { cosine, unit } from '#shared/similarity/vector'
import { nearVectors } from './near-vectors'

const dimensions = 40

/** Vectors in clouds of three, far from each other in the list: two of a cloud are near, the third is not. */
function clouds(count: number): Float32Array[] {
  let state = 7
  const chance = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return state / 0x7fffffff - 0.5
  }
  const middles = Array.from({ length: Math.ceil(count / 3) }, () =>
    Float32Array.from({ length: dimensions }, chance),
  )
  return Array.from({ length: count }, (_, i) => {
    const middle = middles[i % middles.length] ?? new Float32Array(dimensions)
    const apart = i < 2 * middles.length ? 0.05 : 0.6
    return unit(middle.map((value) => value + apart * chance()))
  })
}

const inOne = (vectors: readonly Float32Array[]) => {
  const values = new Float32Array(vectors.length * dimensions)
  vectors.forEach((vector, i) => {
    values.set(vector, i * dimensions)
  })
  return values
}

it('finds the pairs that a comparison of all with all finds, across stretches too', async () => {
  const vectors = clouds(700)
  const from = Float32Array.from(vectors, (_, i) => (i % 2 ? 0.93 : 0.99))
  const expected = vectors.flatMap((left, a) =>
    vectors.slice(a + 1).flatMap((right, i) => {
      const b = a + 1 + i
      const least = Math.max(from[a] ?? 1, from[b] ?? 1)
      return cosine(left, right) >= least ? [[a, b]] : []
    }),
  )
  const found = await nearVectors({ dimensions, values: inOne(vectors), from })
  expect(expected.length).toBeGreaterThan(100)
  expect(found.map(({ a, b }) => [a, b])).toEqual(expected)
  const [first] = found
  const [left, right] = [vectors[first?.a ?? 0], vectors[first?.b ?? 0]]
  expect(first?.cosine).toBeCloseTo(left && right ? cosine(left, right) : 0, 5)
})

it('keeps few pairs of pictures that all look the same', async () => {
  const same = Array.from({ length: 600 }, () => unit(new Float32Array(dimensions).fill(1)))
  const found = await nearVectors({ dimensions, values: inOne(same), from: new Float32Array(600).fill(0.99) })
  expect(found.length).toBeLessThanOrEqual(600 * 64)
  // all of them hang together all the same
  expect(new Set(found.map(({ b }) => b)).size).toBe(599)
})

it('stops when it is not wanted any more', async () => {
  const values = inOne(clouds(6000))
  const from = new Float32Array(6000).fill(0.9)
  await expect(nearVectors({ dimensions, values, from }, AbortSignal.abort())).rejects.toThrow()
})
