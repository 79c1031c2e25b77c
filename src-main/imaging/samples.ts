import type { SampleArray, SampleType } from '#shared/domain/image'

/** Samples of one frame, row by row, colours interleaved, before any conversion. */
export interface Samples {
  rows: number
  columns: number
  samples: number
  data: SampleArray
}

/** Name of the type of an array. */
export function sampleTypeOf(data: SampleArray): SampleType {
  if (data instanceof Uint8Array) return 'uint8'
  if (data instanceof Int8Array) return 'int8'
  if (data instanceof Uint16Array) return 'uint16'
  if (data instanceof Int16Array) return 'int16'
  if (data instanceof Uint32Array) return 'uint32'
  if (data instanceof Int32Array) return 'int32'
  return data instanceof Float32Array ? 'float32' : 'float64'
}

/** Mean of each of the interleaved colours. */
export function meansOf(data: SampleArray, samples: number): number[] {
  const sums = new Array<number>(samples).fill(0)
  for (let at = 0; at < data.length; at++)
    sums[at % samples] = (sums[at % samples] as number) + (data[at] as number)
  return sums.map((sum) => (sum * samples) / data.length)
}

/** Least and greatest finite value; both 0 where there is none. */
export function rangeOf(data: SampleArray): { min: number; max: number } {
  let min = Infinity
  let max = -Infinity
  for (let index = 0; index < data.length; index++) {
    const value = data[index] as number
    if (value < min && value > -Infinity) min = value
    if (value > max && value < Infinity) max = value
  }
  return min <= max ? { min, max } : { min: 0, max: 0 }
}
