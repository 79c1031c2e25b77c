import type { Comparison } from '#shared/domain/data-set/comparison'
import { t } from '../language'

/** How near duplicates were sought, for a person to read. */
export function comparisonLines(compared: Comparison | null): string[] {
  if (!compared) return []
  const { vectors, byHashAlone } = compared
  if (!vectors) return [t('datasets.hashAlone')]
  return [
    t('datasets.compared', { model: vectors.model }),
    ...(byHashAlone > 0 ? [t('datasets.withoutVector', { count: byHashAlone })] : []),
  ]
}
