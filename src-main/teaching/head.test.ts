import { expect, it } from 'vitest'
import { unit } from '#shared/similarity/vector'
import { bestScale, classMeans, headMatrix, leftOutCosines, probabilitiesOf } from './head'

const vector = (...values: number[]) => unit(Float32Array.from(values))
/** Two labels in the plane: one along x, one along y, and a picture of the first that lies with the second. */
const labelled = {
  vectors: [vector(1, 0), vector(0.8, 0.6), vector(0, 1), vector(0.6, 0.8)],
  labelOf: [0, 0, 1, 1],
  labels: 2,
}

it('takes the mean of each label, of length 1', () => {
  const [first, second] = classMeans(labelled)
  // (1.8, 0.6) and (0.6, 1.8), of length 1.8974
  expect(first?.[0]).toBeCloseTo(0.94868, 5)
  expect(first?.[1]).toBeCloseTo(0.31623, 5)
  expect(second?.[0]).toBeCloseTo(0.31623, 5)
})

it('judges a picture by means that were made without its group', async () => {
  const alone = await leftOutCosines(labelled, [0, 1, 2, 3])
  // by the other picture of its label (0.8, 0.6), and by the mean of both of the other label
  expect(alone[0]).toBeCloseTo(0.8, 5)
  expect(alone[1]).toBeCloseTo(0.31623, 5)
  // (0.8, 0.6) by (1, 0), and by (0.31623, 0.94868)
  expect(alone[2]).toBeCloseTo(0.8, 5)
  expect(alone[3]).toBeCloseTo(0.82219, 5)
  const together = await leftOutCosines(labelled, [0, 1, 0, 1])
  // (1, 0) by (0.8, 0.6), and by the other label's (0.6, 0.8) alone
  expect(together[0]).toBeCloseTo(0.8, 5)
  expect(together[1]).toBeCloseTo(0.6, 5)
})

it('finds the factor of the least cross-entropy, less sure the fewer pictures there are', () => {
  const cosines = Float32Array.from([0.6, 0.5, 0.6, 0.5, 0.6, 0.5, 0.6, 0.5])
  // three right and one wrong of four, each counting as 5/6: p / (1 - p) = (3 x 5/6 + 1/6) / (3 x 1/6 + 5/6) = 2
  expect(bestScale(cosines, [0, 0, 0, 1], 2)).toBeCloseTo(10 * Math.log(2), 1)
  // four that are all right
  expect(bestScale(cosines, [0, 0, 0, 0], 2)).toBeCloseTo(10 * Math.log(5), 1)
  // all wrong: as unsure as allowed
  expect(bestScale(cosines, [1, 1, 1, 1], 2)).toBeCloseTo(1, 1)
  const [first] = probabilitiesOf(cosines.subarray(0, 2), 10 * Math.log(3))
  expect(first).toBeCloseTo(0.75, 5)
})

it('lays the means out as one matrix, a column for each label', () => {
  const matrix = headMatrix(
    [Float32Array.from([1, 2]), Float32Array.from([3, 4]), Float32Array.from([5, 6])],
    10,
  )
  expect([...matrix]).toEqual([10, 30, 50, 20, 40, 60])
})
