import { onnxFile } from '#main/testing/onnx-file'
import type { NetworkInput } from '#shared/domain/model-manifest/index'
import type { ModelSource } from '../types'
import { writeNetwork } from './network-package'

/** Slope of the logits over the normalised intensity; p = 0.5 at 0.5. */
const GAIN = 20

const spacing: NetworkInput['size'] = {
  policy: 'spacing',
  millimetres: 1,
  multiple: 32,
  maxSide: 640,
  unknownSpacingLongestSide: 160,
  filter: 'bilinear',
}

/**
 * A model of a few hundred bytes whose answer is known: logits = 20 x (x - 0.5) of the middle of three
 * neighbouring slices. Writes its package with a golden sample into `folder`.
 */
export function writeTinyModel(
  folder: string,
  change: { size?: NetworkInput['size']; goldenOffset?: number } = {},
): ModelSource {
  const image = Float32Array.from({ length: 3 * 8 * 8 }, (_, i) => (i % 17) / 17)
  const logits = image.slice(64, 128).map((x) => GAIN * (x - 0.5) + (change.goldenOffset ?? 0))
  return writeNetwork(
    folder,
    convolution([0, GAIN, 0], -GAIN / 2),
    {
      fits: {
        domain: 'medical',
        modalities: ['MR'],
        photometric: ['MONOCHROME2'],
        colour: 'grey',
        bodyParts: [],
      },
      input: {
        name: 'image',
        layout: 'NCHW',
        type: 'float32',
        channels: { kind: 'neighbours', offsets: [-1, 0, 1] },
        size: change.size ?? spacing,
        intensity: {
          kind: 'percentile',
          scope: 'series',
          low: 1,
          high: 99.5,
          sampleSlices: 16,
          mean: [0],
          std: [1],
        },
      },
      outputs: [{ name: 'logits', decode: 'sigmoid-mask', labels: ['bright'] }],
      labels: [{ id: 'bright', index: 1, name: { en: 'Test', zh: '测试' }, colour: '#ff8800' }],
    },
    {
      inputs: [{ name: 'image', shape: [1, 3, 8, 8], values: image }],
      outputs: [{ name: 'logits', shape: [1, 1, 8, 8], values: logits }],
    },
  )
}

/** An ONNX file of one 1 x 1 convolution, image [n, 3, h, w] to logits [n, 1, h, w]. */
function convolution(weights: readonly number[], bias: number): Buffer {
  return onnxFile({
    nodes: [{ type: 'Conv', inputs: ['image', 'weights', 'bias'], outputs: ['logits'] }],
    inputs: [{ name: 'image', shape: ['n', weights.length, 'h', 'w'] }],
    outputs: [{ name: 'logits', shape: ['n', 1, 'h', 'w'] }],
    weights: [
      { name: 'weights', shape: [1, weights.length, 1, 1], values: weights },
      { name: 'bias', shape: [1], values: [bias] },
    ],
  })
}
