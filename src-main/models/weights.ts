import { LeptonError } from '#shared/domain/fault'
import type { Precision } from '#shared/domain/model-manifest/files'
import { type ModelManifest, modelName } from '#shared/domain/model-manifest/index'

/** The weights a person prefers where the package has them, else the manifest's first. */
export function usualPrecision({ weights }: ModelManifest, preferred: Precision | null): Precision {
  return (weights.find(({ precision }) => precision === preferred) ?? weights[0])?.precision ?? 'float32'
}

/** Refuses weights that a package does not have. @throws INPUT_INVALID naming what there is */
export function checkPrecision(manifest: ModelManifest, asked: Precision): Precision {
  const precisions = manifest.weights.map(({ precision }) => precision)
  if (precisions.includes(asked)) return asked
  throw new LeptonError('INPUT_INVALID', {
    expected: `a precision of ${modelName(manifest)}: ${precisions.join(', ')}`,
    received: asked,
  })
}
