import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LeptonError } from '#shared/domain/fault'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import type { ModelSource } from '../types'
import { tensorOf } from './feeds'
import type { OpenModel } from './sessions'

export type Sample = ModelManifest['golden']['inputs'][number]
export type Feeds = Parameters<OpenModel['session']['run']>[0]

/** Every golden input in the type the network takes. */
export async function goldenFeeds(open: OpenModel, model: ModelSource): Promise<Feeds> {
  const feeds = await Promise.all(
    model.manifest.golden.inputs.map(async (sample) => {
      const type = open.inputTypes.get(sample.name)
      if (!type) {
        throw new LeptonError('MODEL_INVALID', {
          expected: `an input named ${sample.name}`,
          received: [...open.inputTypes.keys()].join(', '),
        })
      }
      return [
        sample.name,
        tensorOf(open.runtime, type, await readSample(model, sample), sample.shape),
      ] as const
    }),
  )
  return Object.fromEntries(feeds)
}

const elementBytes = { float32: 4, uint8: 1, int64: 8 }

/** The numbers of a sample's file, raw and little-endian. */
export async function readSample(model: ModelSource, { file, shape, type }: Sample): Promise<Float32Array> {
  const bytes = await readFile(join(model.folder, file))
  const count = shape.reduce((product, side) => product * side, 1)
  const expected = count * elementBytes[type]
  if (bytes.byteLength !== expected) {
    throw new LeptonError('MODEL_INVALID', {
      expected: `${expected} bytes in ${file}`,
      received: String(bytes.byteLength),
    })
  }
  const { buffer } = new Uint8Array(bytes)
  if (type === 'float32') return new Float32Array(buffer)
  if (type === 'uint8') return Float32Array.from(new Uint8Array(buffer))
  return Float32Array.from(new BigInt64Array(buffer), Number)
}
