import type { Frame } from '../domain/image'

type Values = Pick<Frame, 'data' | 'slope' | 'intercept'>

/** How often each value occurs: values in ascending order, and how many pixels lie at or below each. */
export interface Tally {
  values: Float32Array
  upTo: Float64Array
}

/**
 * The modality values of a frame. Whole numbers of up to 16 bits are counted, everything else is sorted, so a
 * tally of an ordinary slice is small however many pixels it has. Values that are not numbers are left out.
 */
export function tallyOf(frame: Values): Tally {
  const counted = frame.data.BYTES_PER_ELEMENT <= 2
  return counted ? tallyByCounting(frame) : tallyBySorting(frame)
}

function tallyByCounting({ data, slope, intercept }: Values): Tally {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < data.length; i++) {
    const value = data[i] ?? 0
    if (value < least) least = value
    if (value > greatest) greatest = value
  }
  const counts = new Uint32Array(data.length > 0 ? greatest - least + 1 : 0)
  for (let i = 0; i < data.length; i++) {
    const at = (data[i] ?? 0) - least
    counts[at] = (counts[at] ?? 0) + 1
  }
  const distinct = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0)
  const tally = { values: new Float32Array(distinct), upTo: new Float64Array(distinct) }
  let [at, sum] = [0, 0]
  for (let i = 0; i < counts.length; i++) {
    const stored = slope < 0 ? counts.length - 1 - i : i
    const count = counts[stored] ?? 0
    if (count === 0) continue
    sum += count
    tally.values[at] = (stored + least) * slope + intercept
    tally.upTo[at] = sum
    at++
  }
  return tally
}

function tallyBySorting({ data, slope, intercept }: Values): Tally {
  const values = Float32Array.from(data, (value) => value * slope + intercept)
    .filter((value) => !Number.isNaN(value))
    .sort()
  return { values, upTo: Float64Array.from(values, (_, at) => at + 1) }
}

/**
 * A percentile (0 to 100) of everything that was tallied, interpolated linearly between neighbours in rank (as
 * numpy.percentile does); 0 where there is nothing.
 */
export function percentileOf(tallies: readonly Tally[], percent: number): number {
  const count = tallies.reduce((sum, tally) => sum + (tally.upTo.at(-1) ?? 0), 0)
  if (count === 0) return 0
  const rank = (percent / 100) * (count - 1)
  const below = Math.floor(rank)
  const lower = valueAt(tallies, below)
  const upper = valueAt(tallies, Math.min(below + 1, count - 1))
  return lower + (upper - lower) * (rank - below)
}

/** The value with exactly `rank` values before it in order: bisection over all float32 numbers, in 32 steps. */
function valueAt(tallies: readonly Tally[], rank: number): number {
  let [low, high] = [-0x80000000, 0x7fffffff]
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2)
    const value = floatOfOrder(middle)
    const count = tallies.reduce((sum, tally) => sum + countUpTo(tally, value), 0)
    if (count > rank) high = middle
    else low = middle + 1
  }
  return floatOfOrder(low)
}

const bits = new Int32Array(1)
const float = new Float32Array(bits.buffer)

/** Float32 numbers in ascending order, numbered by 32-bit integers; what lies beyond infinity counts as infinite. */
function floatOfOrder(order: number): number {
  bits[0] = order < 0 ? ~order | 0x80000000 : order
  const value = float[0] ?? 0
  return Number.isNaN(value) ? (order < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : value
}

function countUpTo({ values, upTo }: Tally, value: number): number {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low > 0 ? (upTo[low - 1] ?? 0) : 0
}

/** Places of the slices whose pixels stand for the whole stack: up to `most`, evenly spaced, both ends included. */
export function sampledPlaces(count: number, most: number): number[] {
  const taken = Math.min(most, count)
  if (taken <= 1) return count > 0 ? [0] : []
  return Array.from({ length: taken }, (_, i) => Math.floor((i * (count - 1)) / (taken - 1) + 0.5))
}
