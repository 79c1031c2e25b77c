import { setImmediate } from 'node:timers/promises'
import { cosine, unit } from '#shared/similarity/vector'

/** Vectors of length 1 with the place of their label, as the head is made of. */
export interface Labelled {
  vectors: readonly Float32Array[]
  labelOf: readonly number[]
  labels: number
}

/** Least and greatest factor between cosines and logits. */
const LEAST_SCALE = 1
const GREATEST_SCALE = 100
const SCALE_STEP = 0.01
const GOLDEN = (Math.sqrt(5) - 1) / 2
/** Time until other work gets its turn, in milliseconds. */
const TURN = 20

/** The mean of each label's vectors, brought to length 1. */
export function classMeans({ vectors, labelOf, labels }: Labelled): Float32Array[] {
  const dimensions = vectors[0]?.length ?? 0
  return sumsOf(vectors, labelOf, labels, dimensions).map((sum) => unit(Float32Array.from(sum)))
}

/**
 * The cosine of each vector with each label's mean, [vectors, labels] row by row, the means made without the vectors of
 * its own group: what the head would say of pictures that it was not made of.
 */
export async function leftOutCosines(
  { vectors, labelOf, labels }: Labelled,
  groupOf: readonly number[],
  signal?: AbortSignal,
): Promise<Float32Array> {
  const dimensions = vectors[0]?.length ?? 0
  const cosines = new Float32Array(vectors.length * labels)
  const sums = sumsOf(vectors, labelOf, labels, dimensions)
  const whole = sums.map((sum) => unit(Float32Array.from(sum)))
  let since = performance.now()
  for (const own of Map.groupBy(vectors.keys(), (at) => groupOf[at]).values()) {
    const without = meansWithout(own, vectors, labelOf, sums)
    for (const at of own) {
      const vector = vectors[at] as Float32Array
      for (let label = 0; label < labels; label++) {
        const mean = without.get(label) ?? (whole[label] as Float32Array)
        cosines[at * labels + label] = cosine(vector, mean)
      }
    }
    if (performance.now() - since < TURN) continue
    await setImmediate()
    signal?.throwIfAborted()
    since = performance.now()
  }
  return cosines
}

/**
 * The factor between cosines and logits of the least mean cross-entropy, between 1 and 100: cross-entropy is convex in
 * it, so a golden-section search finds it. Of n vectors the truth counts as (n + 1) / (n + 2), the rest falls to the other
 * labels: a few pictures that are all right are no proof of certainty (after Platt 1999, Probabilistic Outputs for
 * Support Vector Machines, 2.2).
 */
export function bestScale(cosines: Float32Array, labelOf: readonly number[], labels: number): number {
  const sure = (labelOf.length + 1) / (labelOf.length + 2)
  const cost = (scale: number) => crossEntropy(cosines, labelOf, labels, sure, scale)
  let [low, high] = [LEAST_SCALE, GREATEST_SCALE]
  let left = high - GOLDEN * (high - low)
  let right = low + GOLDEN * (high - low)
  let [costLeft, costRight] = [cost(left), cost(right)]
  while (high - low > SCALE_STEP) {
    if (costLeft <= costRight) {
      ;[high, right, costRight] = [right, left, costLeft]
      left = high - GOLDEN * (high - low)
      costLeft = cost(left)
    } else {
      ;[low, left, costLeft] = [left, right, costRight]
      right = low + GOLDEN * (high - low)
      costRight = cost(right)
    }
  }
  return (low + high) / 2
}

/** Probabilities of the labels from a row of cosines. */
export function probabilitiesOf(row: Float32Array, scale: number): Float64Array {
  const most = row.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY)
  const weights = Float64Array.from(row, (value) => Math.exp(scale * (value - most)))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}

/** The head as one matrix, [dimensions, labels] row by row: logits = vector x matrix. */
export function headMatrix(means: readonly Float32Array[], scale: number): Float32Array {
  const dimensions = means[0]?.length ?? 0
  return Float32Array.from({ length: dimensions * means.length }, (_, i) => {
    const mean = means[i % means.length] as Float32Array
    return scale * (mean[Math.floor(i / means.length)] as number)
  })
}

function sumsOf(
  vectors: readonly Float32Array[],
  labelOf: readonly number[],
  labels: number,
  dimensions: number,
): Float64Array[] {
  const sums = Array.from({ length: labels }, () => new Float64Array(dimensions))
  for (const [at, vector] of vectors.entries()) add(sums[labelOf[at] as number] as Float64Array, vector, 1)
  return sums
}

/** The means that a group changes when its vectors are taken out of them. */
function meansWithout(
  group: readonly number[],
  vectors: readonly Float32Array[],
  labelOf: readonly number[],
  sums: readonly Float64Array[],
): Map<number, Float32Array> {
  const left = new Map<number, Float64Array>()
  for (const at of group) {
    const label = labelOf[at] as number
    const sum = left.get(label) ?? (sums[label] as Float64Array).slice()
    add(sum, vectors[at] as Float32Array, -1)
    left.set(label, sum)
  }
  return new Map([...left].map(([label, sum]) => [label, unit(Float32Array.from(sum))]))
}

function add(sum: Float64Array, vector: Float32Array, sign: 1 | -1): void {
  for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + sign * (vector[at] as number)
}

/** Mean over the rows, where the truth has the share `sure` and the other labels the rest. */
function crossEntropy(
  cosines: Float32Array,
  labelOf: readonly number[],
  labels: number,
  sure: number,
  scale: number,
): number {
  let total = 0
  for (const [at, truth] of labelOf.entries()) {
    const row = cosines.subarray(at * labels, (at + 1) * labels)
    let most = Number.NEGATIVE_INFINITY
    let all = 0
    for (const value of row) {
      most = Math.max(most, value)
      all += value
    }
    let sum = 0
    for (const value of row) sum += Math.exp(scale * (value - most))
    const own = row[truth] as number
    const wanted = sure * own + ((1 - sure) / Math.max(1, labels - 1)) * (all - own)
    total += Math.log(sum) + scale * (most - wanted)
  }
  return total / Math.max(1, labelOf.length)
}
