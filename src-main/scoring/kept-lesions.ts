import type { ModelManifest } from '#shared/domain/model-manifest/index'
import type { LinkedLesion } from './lesions'

type Rules = Pick<
  ModelManifest['postprocess'],
  'minVolumeMm3' | 'minPeakProbability' | 'minShareOfHighestPeak' | 'minShareOfLargest'
>

/**
 * Lesions that a model's rules let stand, in their order. First fall those that are too small or nowhere certain
 * enough, then those that are less certain than the surest one left of their label, last those that are small beside
 * the largest one left. Volumes are compared in mm3; where they are not known, only the probability counts.
 */
export function keptLesions<Lesion extends Pick<LinkedLesion, 'label' | 'volumeMm3' | 'maxProbability'>>(
  lesions: readonly Lesion[],
  { minVolumeMm3, minPeakProbability, minShareOfHighestPeak, minShareOfLargest }: Rules,
): Lesion[] {
  const standing = lesions.filter(
    ({ volumeMm3, maxProbability }) =>
      (volumeMm3 === null || volumeMm3 >= minVolumeMm3) && maxProbability >= minPeakProbability,
  )
  const surest = greatestOfLabel(standing, ({ maxProbability }) => maxProbability)
  const sure = standing.filter(
    ({ label, maxProbability }) => maxProbability >= minShareOfHighestPeak * (surest.get(label) ?? 0),
  )
  const largest = greatestOfLabel(sure, ({ volumeMm3 }) => volumeMm3 ?? 0)
  return sure.filter(
    ({ label, volumeMm3 }) =>
      volumeMm3 === null || volumeMm3 >= minShareOfLargest * (largest.get(label) ?? 0),
  )
}

function greatestOfLabel<Lesion extends { label: string }>(
  lesions: readonly Lesion[],
  figure: (lesion: Lesion) => number,
): Map<string, number> {
  const greatest = new Map<string, number>()
  for (const lesion of lesions) {
    greatest.set(lesion.label, Math.max(greatest.get(lesion.label) ?? 0, figure(lesion)))
  }
  return greatest
}
