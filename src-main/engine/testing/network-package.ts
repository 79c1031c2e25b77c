import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ModelManifest, modelManifest } from '#shared/domain/model-manifest/index'
import type { ModelSource } from '../types'

export interface Golden {
  name: string
  shape: number[]
  values: Float32Array
}

/** What a test says of its network; everything else of the manifest is filled in. */
export type Described = Pick<ModelManifest, 'input' | 'outputs' | 'labels'> & Partial<ModelManifest>

/** Writes a model package around an ONNX file, with golden tensors where they are given. */
export function writeNetwork(
  folder: string,
  model: Buffer,
  described: Described,
  golden: { inputs: Golden[]; outputs: Golden[] } = { inputs: [], outputs: [] },
): ModelSource {
  mkdirSync(join(folder, 'golden'), { recursive: true })
  writeFileSync(join(folder, 'model.onnx'), model)
  const inputs = samplesOf(folder, 'input', golden.inputs)
  const outputs = samplesOf(folder, 'output', golden.outputs)
  const text = { en: 'Test', zh: '测试' }
  const manifest = modelManifest.parse({
    format: 'lepton-model',
    formatVersion: 1,
    id: 'tiny',
    version: '1.0.0',
    name: text,
    summary: text,
    task: 'segmentation',
    fits: { domain: 'any', modalities: [], photometric: [], colour: 'any', bodyParts: [] },
    operatingPoint: { threshold: 0.5, chosen: 'by construction' },
    files: hashesOf(folder, ['model.onnx', ...inputs.map(fileOf), ...outputs.map(fileOf)]),
    weights: [
      {
        precision: 'float32',
        file: 'model.onnx',
        outputs,
        tolerance: { absolute: 0.001, relative: 0.001 },
      },
    ],
    golden: { inputs },
    licence: 'MIT',
    attribution: '',
    trainingData: '',
    intendedUse: text,
    limits: { en: [], zh: [] },
    metrics: [],
    ...described,
  })
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
  return { folder, manifest, precision: 'float32' }
}

type Sample = ModelManifest['golden']['inputs'][number]

const fileOf = ({ file }: Sample) => file

function hashesOf(folder: string, files: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    files
      .filter((file) => existsSync(join(folder, file)))
      .map((file) => [
        file,
        createHash('sha256')
          .update(readFileSync(join(folder, file)))
          .digest('hex'),
      ]),
  )
}

/** A manifest names at least one sample, also where a test has no use for it. */
function samplesOf(folder: string, kind: 'input' | 'output', golden: readonly Golden[]): Sample[] {
  if (golden.length === 0) {
    return [{ name: 'none', file: 'golden/none.bin', shape: [1], type: 'float32' }]
  }
  return golden.map(({ name, shape, values }, at) => {
    const file = `golden/${kind}${at === 0 ? '' : `-${at}`}.bin`
    writeFileSync(join(folder, file), new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    return { name, file, shape, type: 'float32' }
  })
}
