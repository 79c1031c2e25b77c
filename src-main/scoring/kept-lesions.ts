import type { ModelManifest } from '#shared/domain/model-manifest/index'
import type { LinkedLesion } from './lesions'

type Rules = Pick<ModelManifest['postprocess'], 'minVolumeMm3' | 'minPeakProbability' | 'minShareOfLargest'>

/**
 * Lesions that a model's rules let stand, in their order. Volumes are compared in mm3; where they are not known,
 * only the probability counts.
 */
export function keptLesions<Lesion extends Pick<LinkedLesion, 'label' | 'volumeMm3' | 'maxProbability'>>(
  lesions: readonly Lesion[],
  { minVolumeMm3, minPeakProbability, minShareOfLargest }: Rules,
): Lesion[] {
  const standing = lesions.filter(
    ({ volumeMm3, maxProbability }) =>
      (volumeMm3 === null || volumeMm3 >= minVolumeMm3) && maxProbability >= minPeakProbability,
  )
  const largest = new Map<string, number>()
  for (const { label, volumeMm3 } of standing) {
    largest.set(label, Math.max(largest.get(label) ?? 0, volumeMm3 ?? 0))
  }
  return standing.filter(
    ({ label, volumeMm3 }) =>
      volumeMm3 === null || volumeMm3 >= minShareOfLargest * (largest.get(label) ?? 0),
  )
}
