import type { GraphTensor } from '#shared/contract/model-wizard'
import type { OutputDecoding } from '#shared/domain/model-manifest/index'
import type { OnnxModel } from '../onnx/types'
import { invalid } from './refuse'
import { checkTensor, type WantedSide } from './tensor-shape'

const REAL = ['float', 'float16']
const NUMBER = [...REAL, 'int64', 'int32']

/**
 * Whether the graph has the outputs that a decoding reads, in shapes that it can read.
 * @throws MODEL_INVALID
 */
export function checkOutputs(
  file: string,
  { outputs }: OnnxModel,
  decodings: readonly OutputDecoding[],
): void {
  for (const decoding of decodings) {
    for (const { name, shapes, types = REAL } of wantedTensors(decoding)) {
      const tensor = outputs.find((output) => output.name === name)
      if (!tensor) {
        throw invalid(
          `an output ${name} in ${file}`,
          outputs.map((output) => output.name).join(', ') || 'none',
        )
      }
      checkTensor(`output ${name} of ${file} (${decoding.decode})`, tensor, types, shapes)
    }
  }
}

interface WantedTensor {
  name: GraphTensor['name']
  shapes: readonly (readonly WantedSide[])[]
  types?: readonly string[]
}

function wantedTensors(output: OutputDecoding): WantedTensor[] {
  switch (output.decode) {
    case 'softmax':
    case 'multi-label':
      return [{ name: output.name, shapes: [[null, output.labels.length]] }]
    case 'activation-map':
    case 'sigmoid-mask':
      return [{ name: output.name, shapes: [[null, output.labels.length, null, null]] }]
    case 'softmax-mask':
      return [{ name: output.name, shapes: [[null, 1 + output.labels.length, null, null]] }]
    case 'boxes':
      return boxTensors(output)
    case 'yolo':
      return yoloTensors(output)
    case 'detections':
      return [
        {
          name: output.name,
          shapes: [
            [null, null, 6],
            [null, 7],
          ],
        },
      ]
    case 'detection-tensors':
      return [
        { name: output.boxes.name, shapes: [[null, null, 4]] },
        { name: output.scores, shapes: [[null, null]] },
        { name: output.classes, shapes: [[null, null]], types: NUMBER },
        ...(output.count ? [{ name: output.count, shapes: [[null], [null, 1]], types: NUMBER }] : []),
      ]
    case 'embedding':
      return [{ name: output.name, shapes: [[null, output.dimensions]] }]
    case 'prompted-mask':
      return [{ name: output.name, shapes: [[null, 1, null, null]] }]
  }
}

function boxTensors(output: Extract<OutputDecoding, { decode: 'boxes' }>): WantedTensor[] {
  const columns = output.labels.length + (output.scores.background === null ? 0 : 1)
  return [
    { name: output.boxes.name, shapes: [[null, null, 4]] },
    { name: output.scores.name, shapes: [[null, null, columns]] },
    ...(output.agnostic ? [{ name: output.agnostic.name, shapes: [[null, null, 1]] }] : []),
  ]
}

function yoloTensors(output: Extract<OutputDecoding, { decode: 'yolo' }>): WantedTensor[] {
  const coefficients = output.masks?.coefficients ?? 0
  const width = 4 + (output.objectness ? 1 : 0) + output.labels.length + coefficients
  const shape = output.arrangement === 'rows' ? [null, null, width] : [null, width, null]
  return [
    { name: output.name, shapes: [shape] },
    ...(output.masks ? [{ name: output.masks.name, shapes: [[null, coefficients, null, null]] }] : []),
  ]
}
