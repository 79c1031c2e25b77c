import type { Tensor } from 'onnxruntime-node'
import type { Output } from '#shared/decoding/tensor'
import { LeptonError } from '#shared/domain/fault'
import type { NetworkInput } from '#shared/domain/model-manifest/index'
import { fromHalves, toHalves } from './half'
import type { Runtime } from './runtime'

/** Numbers as a tensor of a type; whole types are rounded and cut to their range. */
export function tensorOf(
  { Tensor }: Runtime,
  type: Tensor.Type,
  values: Float32Array,
  dims: readonly number[],
): Tensor {
  switch (type) {
    case 'float32':
      return new Tensor('float32', values, dims)
    case 'float16':
      return new Tensor('float16', toHalves(values), dims)
    case 'uint8':
      return new Tensor('uint8', new Uint8Array(Uint8ClampedArray.from(values).buffer), dims)
    case 'int64':
      return new Tensor(
        'int64',
        BigInt64Array.from(values, (value) => BigInt(Math.round(value))),
        dims,
      )
    case 'int32':
      return new Tensor('int32', Int32Array.from(values, Math.round), dims)
    default:
      throw new LeptonError('MODEL_INVALID', {
        expected: 'an input of float32, float16, uint8, int32 or int64',
        received: type,
      })
  }
}

/** A batch (N, channels, rows, columns) in the layout of the network. */
export function laidOut(
  data: Float32Array,
  [count, depth, rows, columns]: readonly [number, number, number, number],
  layout: NetworkInput['layout'],
): { data: Float32Array; dims: number[] } {
  if (layout === 'NCHW') return { data, dims: [count, depth, rows, columns] }
  const size = rows * columns
  const last = new Float32Array(data.length)
  for (let n = 0; n < count; n++) {
    for (let channel = 0; channel < depth; channel++) {
      const from = (n * depth + channel) * size
      for (let i = 0; i < size; i++) last[(n * size + i) * depth + channel] = data[from + i] ?? 0
    }
  }
  return { data: last, dims: [count, rows, columns, depth] }
}

/** A tensor of any number type as float32. */
export function numbersOf(tensor: Tensor): Output {
  const { data, dims, type } = tensor
  if (data instanceof Float32Array) return { dims, data }
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    return { dims, data: Float32Array.from(data, Number) }
  }
  if (type === 'float16' && ArrayBuffer.isView(data)) {
    const halves = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2)
    return { dims, data: fromHalves(halves) }
  }
  if (Array.isArray(data)) {
    throw new LeptonError('INFERENCE_FAILED', { expected: 'an output of numbers', received: type })
  }
  return { dims, data: Float32Array.from(data, Number) }
}
