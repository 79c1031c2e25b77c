import type { OutputDecoding } from '../domain/model-manifest/index'
import { resizeBilinear } from '../geometry/bilinear'
import { sigmoid, softmax } from './activation'
import { imageOf, type Outputs, type Place } from './tensor'

export type MaskOutput = Extract<OutputDecoding, { decode: 'sigmoid-mask' | 'softmax-mask' }>

/** Whether an output gives a probability for each pixel. */
export function isMaskOutput(output: OutputDecoding): output is MaskOutput {
  return output.decode === 'sigmoid-mask' || output.decode === 'softmax-mask'
}

/**
 * Probabilities of each label's plane, labels x rows x columns of the network's input. A coarser output is
 * brought to that size before it is turned into probabilities.
 */
export function maskPlanes(output: MaskOutput, outputs: Outputs, place: Place): Float32Array {
  const background = output.decode === 'softmax-mask' ? 1 : 0
  const count = output.labels.length + background
  const { dims, data } = imageOf(outputs, output.name, place, [count, null, null])
  const { rows, columns } = place
  const [h, w] = [dims[1] ?? 0, dims[2] ?? 0]
  const logits = h === rows && w === columns ? data : enlarged(data, count, [h, w], [rows, columns])
  const size = rows * columns
  const planes = new Float32Array(output.labels.length * size)
  if (background === 0) {
    for (let i = 0; i < planes.length; i++) planes[i] = sigmoid(logits[i] ?? 0)
    return planes
  }
  const pixel = new Float32Array(count)
  for (let i = 0; i < size; i++) {
    for (let plane = 0; plane < count; plane++) pixel[plane] = logits[plane * size + i] ?? 0
    const shares = softmax(pixel)
    for (let label = 0; label < output.labels.length; label++) {
      planes[label * size + i] = shares[label + 1] ?? 0
    }
  }
  return planes
}

function enlarged(
  data: Float32Array,
  count: number,
  from: readonly [number, number],
  to: readonly [number, number],
): Float32Array {
  const all = new Float32Array(count * to[0] * to[1])
  for (let plane = 0; plane < count; plane++) {
    const start = plane * from[0] * from[1]
    const part = resizeBilinear(data.subarray(start, start + from[0] * from[1]), from, to)
    all.set(part, plane * to[0] * to[1])
  }
  return all
}
