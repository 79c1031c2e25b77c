import type { DraftManifest, GraphTensor } from '#shared/contract/model-wizard'
import type { OutputDecoding } from '#shared/domain/model-manifest/index'
import { type Json, textAt, valueAt } from './json-path'

type Input = DraftManifest['input']
type Kinds<Union, Key extends string> = Union extends { [key in Key]: infer Kind } ? Kind : never

/** Values to begin with when a person chooses another way to bring an image onto the grid. */
export function sizeChoices(before: Json): Record<Input['size']['policy'], Input['size']> {
  const side = (key: string) => {
    const value = valueAt(before, key)
    return typeof value === 'number' ? value : 224
  }
  const [rows, columns] = [side('rows'), side('columns')]
  return {
    resize: { policy: 'resize', rows, columns, filter: 'bilinear' },
    letterbox: { policy: 'letterbox', rows, columns, fill: 0, align: 'centre', filter: 'bilinear' },
    'centre-crop': {
      policy: 'centre-crop',
      rows,
      columns,
      shortSide: Math.round((Math.max(rows, columns) * 8) / 7),
      filter: 'bilinear',
    },
    tiles: { policy: 'tiles', rows, columns, overlap: Math.round(Math.min(rows, columns) / 4), fill: 0 },
    spacing: {
      policy: 'spacing',
      millimetres: 1,
      multiple: 32,
      maxSide: 1024,
      unknownSpacingLongestSide: Math.max(rows, columns),
      filter: 'bilinear',
    },
  }
}

export const channelChoices: Record<Input['channels']['kind'], Input['channels']> = {
  rgb: { kind: 'rgb' },
  bgr: { kind: 'bgr' },
  grey: { kind: 'grey', count: 1 },
  neighbours: { kind: 'neighbours', offsets: [-1, 0, 1] },
}

export const intensityChoices: Record<Input['intensity']['kind'], Input['intensity']> = {
  scale: { kind: 'scale', divisor: 255, mean: [0], std: [1] },
  percentile: {
    kind: 'percentile',
    scope: 'image',
    low: 0.5,
    high: 99.5,
    sampleSlices: 16,
    mean: [0],
    std: [1],
  },
  window: { kind: 'window', centre: 40, width: 400, mean: [0], std: [1] },
  'z-score': { kind: 'z-score', scope: 'image', sampleSlices: 16 },
}

/** Ready sets of mean and standard deviation for a scale policy, by the name people know them by. */
export const normalisations = {
  unit: { divisor: 255, mean: [0], std: [1] },
  signed: { divisor: 255, mean: [0.5], std: [0.5] },
  imagenet: { divisor: 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  bytes: { divisor: 1, mean: [0], std: [1] },
} as const

/** Decodings to begin with, over the tensors and labels of a draft. */
export function outputChoices(
  tensors: readonly GraphTensor[],
  labels: readonly string[],
  before: Json,
): Record<Kinds<OutputDecoding, 'decode'>, OutputDecoding> {
  const place = (at: number) => tensors[at]?.name ?? tensors[0]?.name ?? ''
  const name = textAt(before, 'name') || place(0)
  const list = [...labels]
  const nms = { iou: 0.5, acrossLabels: false, maxDetections: 300 }
  const wide = tensors.find((tensor) => tensor.name === name)?.shape?.at(-1)
  const boxes = { name: place(0), format: 'xyxy', unit: 'normalised' } as const
  return {
    softmax: { decode: 'softmax', name, labels: list, activation: 'softmax' },
    'multi-label': { decode: 'multi-label', name, labels: list, activation: 'sigmoid' },
    'activation-map': { decode: 'activation-map', name, of: place(0), labels: list },
    'sigmoid-mask': { decode: 'sigmoid-mask', name, labels: list },
    'softmax-mask': { decode: 'softmax-mask', name, labels: list },
    boxes: {
      decode: 'boxes',
      boxes,
      scores: { name: place(1), activation: 'none', background: null },
      labels: list,
      nms,
    },
    yolo: {
      decode: 'yolo',
      name,
      arrangement: 'columns',
      objectness: false,
      unit: 'pixels',
      activation: 'none',
      labels: list,
      nms,
    },
    detections: { decode: 'detections', name, unit: 'pixels', labels: list },
    'detection-tensors': {
      decode: 'detection-tensors',
      boxes,
      scores: place(1),
      classes: place(2),
      firstLabel: 0,
      labels: list,
    },
    embedding: {
      decode: 'embedding',
      name,
      dimensions: typeof wide === 'number' ? wide : 512,
      normalise: true,
    },
    'prompted-mask': { decode: 'prompted-mask', name },
  }
}
