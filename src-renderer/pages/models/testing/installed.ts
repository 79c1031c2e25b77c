import type { InstalledModel } from '#shared/contract/models'
import { type ModelManifest, modelManifest } from '#shared/domain/model-manifest/index'

/** A small but whole package as the registry would describe it. */
export function installed(
  said: Pick<ModelManifest, 'id' | 'version' | 'task'> & Partial<ModelManifest>,
  change: Partial<InstalledModel> = {},
): InstalledModel {
  const text = { en: 'Small', zh: '小' }
  const sample = { name: 'out', file: 'golden/out.bin', shape: [1, 2], type: 'float32' }
  const manifest = modelManifest.parse({
    format: 'lepton-model',
    formatVersion: 1,
    name: text,
    summary: text,
    fits: { domain: 'retail', modalities: [], photometric: [], colour: 'any', bodyParts: [] },
    labels: [{ id: 'one', index: 1, name: text, colour: '#ff7a59' }],
    operatingPoint: { threshold: 0.5, chosen: 'for a test' },
    files: { 'model.onnx': '0'.repeat(64) },
    licence: 'MIT',
    attribution: '',
    trainingData: '',
    intendedUse: text,
    limits: { en: [], zh: [] },
    metrics: [],
    input: {
      name: 'in',
      layout: 'NCHW',
      type: 'float32',
      channels: { kind: 'rgb' },
      size: { policy: 'resize', rows: 8, columns: 8 },
      intensity: { kind: 'scale', divisor: 255, mean: [0], std: [1] },
    },
    outputs: [{ decode: 'softmax', name: 'out', labels: ['one'], activation: 'softmax' }],
    weights: [
      {
        precision: 'float32',
        file: 'model.onnx',
        outputs: [sample],
        tolerance: { absolute: 1, relative: 0 },
      },
    ],
    golden: { inputs: [{ ...sample, name: 'in' }] },
    ...said,
  })
  return {
    manifest,
    active: true,
    scores: true,
    bundled: true,
    folder: 'models/small',
    installedAt: '2026-01-01T00:00:00Z',
    sizeBytes: 1,
    sizes: { 'model.onnx': 1 },
    fault: null,
    precision: 'float32',
    trials: [],
    chosen: null,
    rollback: null,
    ...change,
  }
}
