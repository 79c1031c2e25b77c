import type { Frame } from '#shared/domain/image'

type Stored = Pick<Frame, 'data' | 'slope' | 'intercept'>

/** Modality values of a grey frame (HU, SUV, …): stored values times slope plus intercept (PS3.3, C.11.1). */
export function modalityValues({ data, slope, intercept }: Stored): Float32Array {
  const values = new Float32Array(data.length)
  for (let index = 0; index < values.length; index++)
    values[index] = (data[index] as number) * slope + intercept
  return values
}
