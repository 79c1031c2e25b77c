import { LeptonError } from '#shared/domain/fault'
import type { Precision } from '#shared/domain/model-manifest/files'
import { type ModelManifest, modelName } from '#shared/domain/model-manifest/index'

/**
 * The file of a model that is wanted: its first, or the one of this precision, with its hash.
 * @throws INPUT_INVALID naming what there is.
 */
export function weightsOf(
  manifest: ModelManifest,
  wanted?: Precision,
): { precision: Precision; file: string; sha256: string } {
  const found = manifest.weights.find(({ precision }) => wanted === undefined || precision === wanted)
  if (found) return { ...found, sha256: manifest.files[found.file] ?? '' }
  throw new LeptonError('INPUT_INVALID', {
    expected: `a precision of ${modelName(manifest)}: ${manifest.weights.map(({ precision }) => precision).join(', ')}`,
    received: wanted ?? 'none',
  })
}
