import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onnxFile } from '#main/testing/onnx-file'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import type { ModelSource } from '../types'

/** Slope of the logits over the normalised intensity; p = 0.5 at 0.5. */
const GAIN = 20

/**
 * A model of a few hundred bytes whose answer is known: logits = 20 x (x - 0.5) of the middle of three
 * neighbouring slices. Writes its package with a golden sample into `folder`.
 */
export function writeTinyModel(
  folder: string,
  change: { size?: ModelManifest['input']['size']; goldenOffset?: number } = {},
): ModelSource {
  mkdirSync(join(folder, 'golden'), { recursive: true })
  const model = convolution([0, GAIN, 0], -GAIN / 2)
  writeFileSync(join(folder, 'model.onnx'), model)
  const input = Float32Array.from({ length: 3 * 8 * 8 }, (_, i) => (i % 17) / 17)
  const output = input.slice(64, 128).map((x) => GAIN * (x - 0.5) + (change.goldenOffset ?? 0))
  writeFileSync(join(folder, 'golden/input.bin'), new Uint8Array(input.buffer))
  writeFileSync(join(folder, 'golden/output.bin'), new Uint8Array(output.buffer))
  const text = { en: 'Test', zh: '测试' }
  const manifest: ModelManifest = {
    format: 'lepton-model',
    formatVersion: 1,
    id: 'tiny',
    version: '1.0.0',
    name: text,
    summary: text,
    task: 'segmentation',
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
      size: change.size ?? {
        policy: 'spacing',
        millimetres: 1,
        multiple: 32,
        maxSide: 640,
        unknownSpacingLongestSide: 160,
        filter: 'bilinear',
      },
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
    labels: [{ id: 'bright', index: 1, name: text, colour: '#ff8800' }],
    operatingPoint: { threshold: 0.5, chosen: 'by construction' },
    groups: [],
    postprocess: {
      minVolumeMm3: 0,
      minPeakProbability: 0,
      minShareOfLargest: 0,
      minAreaPx: 0,
      connectivity: 26,
    },
    files: {
      'golden/input.bin': sha256(new Uint8Array(input.buffer)),
      'golden/output.bin': sha256(new Uint8Array(output.buffer)),
      'model.onnx': sha256(model),
    },
    weights: [
      {
        precision: 'float32',
        file: 'model.onnx',
        outputs: [{ name: 'logits', file: 'golden/output.bin', shape: [1, 1, 8, 8], type: 'float32' }],
        tolerance: { absolute: 0.001, relative: 0.001 },
        metrics: [],
      },
    ],
    golden: {
      inputs: [{ name: 'image', file: 'golden/input.bin', shape: [1, 3, 8, 8], type: 'float32' }],
    },
    licence: 'MIT',
    attribution: '',
    trainingData: '',
    intendedUse: text,
    limits: { en: [], zh: [] },
    metrics: [],
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
  return { folder, manifest, precision: 'float32' }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

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
