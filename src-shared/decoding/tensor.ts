import { LeptonError } from '../domain/fault'

/** An output of a network as numbers, row by row. */
export interface Output {
  dims: readonly number[]
  data: Float32Array
}

/** Outputs by name. */
export type Outputs = ReadonlyMap<string, Output>

/** A length that an output has to have, or null where any is right. */
type Expected = readonly (number | null)[]

/**
 * One image of an output. Leading lengths of 1 beyond what is expected are taken away.
 *
 * @param image its place in the batch
 * @param count images in the batch
 * @param expected lengths without the batch's
 * @throws LeptonError INFERENCE_FAILED where the output is missing or has another shape
 */
export function imageOf(
  outputs: Outputs,
  name: string,
  { image, count }: { image: number; count: number },
  expected: Expected,
): Output {
  const output = outputs.get(name)
  const dims = output?.dims.slice(output.dims.length - expected.length) ?? []
  const before = output?.dims.slice(0, -expected.length) ?? []
  const batch = before.reduce((product, length) => product * length, 1)
  const fits = expected.every((length, at) => length === null || length === dims[at])
  if (!output || !fits || dims.length !== expected.length || batch !== count) {
    throw new LeptonError('INFERENCE_FAILED', {
      expected: `output ${name} of ${[count, ...expected.map((length) => length ?? 'any')].join(' x ')}`,
      received: output ? output.dims.join(' x ') : 'none of that name',
    })
  }
  const size = output.data.length / count
  return { dims, data: output.data.subarray(image * size, (image + 1) * size) }
}

/** Where an image lies in a batch, and the size of the network's input. */
export interface Place {
  image: number
  count: number
  rows: number
  columns: number
}
