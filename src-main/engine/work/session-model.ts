import { LeptonError } from '#shared/domain/fault'
import type { Weights } from '#shared/domain/model-manifest/files'
import type { ModelManifest, NetworkInput, OutputDecoding } from '#shared/domain/model-manifest/index'
import type { ModelSource } from '../types'

/** What a session has to know of a model; small, for it goes along with every batch. */
export interface SessionModel {
  folder: string
  /** The file of the chosen weights, within the folder. */
  file: string
  /** Of that file: another package may come to lie in the same folder. */
  sha256: string
  input: NetworkInput
  outputs: OutputDecoding[]
  /** The threshold of outputs that have none of their own. */
  threshold: number
  /** Looks at the mirror image as well. */
  flips: boolean
}

/** What turns answers into findings. */
export type FindingRules = Pick<ModelManifest, 'labels' | 'groups' | 'operatingPoint' | 'outputs'> & {
  threshold: number
}

export function sessionModelOf(
  model: ModelSource,
  { threshold, flips }: { threshold: number; flips: boolean },
): SessionModel {
  const { folder, manifest } = model
  const { files, input, outputs } = manifest
  const { file } = weightsOf(model)
  return { folder, file, sha256: files[file] ?? '', input, outputs, threshold, flips }
}

/** The file and golden outputs of the precision that was asked for. */
export function weightsOf({ manifest, precision }: ModelSource): Weights {
  const weights = manifest.weights.find((one) => one.precision === precision)
  if (weights) return weights
  throw new LeptonError('MODEL_INVALID', {
    expected: manifest.weights.map((one) => one.precision).join(', '),
    received: precision,
  })
}

/** @throws LeptonError MODEL_DOES_NOT_FIT for networks that answer to clicks only */
export function refuseClicks({ manifest }: ModelSource): void {
  if (!manifest.input.prompt && manifest.outputs.some(({ decode }) => decode !== 'prompted-mask')) return
  throw new LeptonError('MODEL_DOES_NOT_FIT', {
    expected: 'a model that answers by itself',
    received: `${manifest.id}, which asks for clicks`,
    remedy: 'Use it as a brush in the viewer.',
  })
}
