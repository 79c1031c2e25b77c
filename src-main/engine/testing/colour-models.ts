import { onnxFile } from '#main/testing/onnx-file'
import type { ModelManifest, NetworkInput } from '#shared/domain/model-manifest/index'
import type { ModelSource } from '../types'
import { writeNetwork } from './network-package'

const colours = ['red', 'green', 'blue']

export function labelsOf(ids: readonly string[]): ModelManifest['labels'] {
  return ids.map((id, i) => ({ id, index: i + 1, name: { en: id, zh: id }, colour: '#ff8800' }))
}

/** Eight-bit colour as it is, stretched to a few pixels. */
export function colourInput(change: Partial<NetworkInput> = {}): NetworkInput {
  return {
    name: 'image',
    layout: 'NCHW',
    type: 'float32',
    channels: { kind: 'rgb' },
    size: { policy: 'resize', rows: 8, columns: 8, filter: 'antialias' },
    intensity: { kind: 'scale', divisor: 255, mean: [0], std: [1] },
    ...change,
  }
}

/**
 * Which colour a picture has: the mean of each channel is its logit, and the channels themselves are the class
 * activation maps. `maps` declares them; red and green make a group.
 */
export function writeColourClassifier(
  folder: string,
  {
    maps = true,
    input = colourInput(),
    operatingPoint,
  }: { maps?: boolean; input?: NetworkInput; operatingPoint?: ModelManifest['operatingPoint'] } = {},
): ModelSource {
  const model = onnxFile({
    nodes: [
      { type: 'GlobalAveragePool', inputs: ['image'], outputs: ['pooled'] },
      { type: 'Flatten', inputs: ['pooled'], outputs: ['means'] },
      { type: 'Mul', inputs: ['means', 'gain'], outputs: ['classes'] },
      { type: 'Identity', inputs: ['image'], outputs: ['maps'] },
    ],
    inputs: [{ name: 'image', shape: ['n', 3, 'h', 'w'] }],
    outputs: [
      { name: 'classes', shape: ['n', 3] },
      { name: 'maps', shape: ['n', 3, 'h', 'w'] },
    ],
    weights: [{ name: 'gain', shape: [1], values: [4] }],
  })
  return writeNetwork(folder, model, {
    task: 'classification',
    input,
    outputs: [
      { decode: 'softmax', name: 'classes', labels: colours, activation: 'softmax' },
      ...(maps ? [{ decode: 'activation-map' as const, name: 'maps', of: 'classes', labels: colours }] : []),
    ],
    labels: labelsOf(colours).map((label) => (label.id === 'blue' ? label : { ...label, group: 'warm' })),
    groups: [{ id: 'warm', name: { en: 'warm', zh: '暖色' } }],
    ...(operatingPoint && { operatingPoint }),
  })
}

/** Eight by eight boxes that tile the picture, each as sure as its pixel is red; all of them under `thing` too. */
export function writeRedDetector(
  folder: string,
  size: NetworkInput['size'],
  order: 'rgb' | 'bgr' = 'rgb',
): ModelSource {
  const cells = Array.from({ length: 64 }, (_, i) => [Math.floor(i / 8), i % 8] as const)
  const boxes = cells.flatMap(([row, column]) => [column / 8, row / 8, (column + 1) / 8, (row + 1) / 8])
  const model = onnxFile({
    nodes: [
      { type: 'Flatten', inputs: ['image'], outputs: ['flat'] },
      { type: 'MatMul', inputs: ['flat', 'pick'], outputs: ['row'] },
      { type: 'Transpose', inputs: ['row'], outputs: ['scores'] },
      { type: 'Identity', inputs: ['scores'], outputs: ['things'] },
      { type: 'Identity', inputs: ['corners'], outputs: ['boxes'] },
    ],
    inputs: [{ name: 'image', shape: [1, 3, 8, 8] }],
    outputs: [
      { name: 'scores', shape: [64, 1] },
      { name: 'things', shape: [64, 1] },
      { name: 'boxes', shape: [1, 64, 4] },
    ],
    weights: [
      {
        name: 'pick',
        shape: [192, 64],
        values: Array.from({ length: 192 * 64 }, (_, i) => (Math.floor(i / 64) === i % 64 ? 1 : 0)),
      },
      { name: 'corners', shape: [1, 64, 4], values: boxes },
    ],
  })
  return writeNetwork(folder, model, {
    task: 'detection',
    input: colourInput({ size, channels: { kind: order } }),
    outputs: [
      {
        decode: 'boxes',
        boxes: { name: 'boxes', format: 'xyxy', unit: 'normalised' },
        scores: { name: 'scores', activation: 'none', background: null },
        labels: ['red'],
        agnostic: { name: 'things', activation: 'none', label: 'thing' },
        nms: { iou: 0.5, acrossLabels: false, maxDetections: 100 },
      },
    ],
    labels: labelsOf(['red', 'thing']),
  })
}
