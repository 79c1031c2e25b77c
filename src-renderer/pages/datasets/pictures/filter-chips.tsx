import { useTranslation } from 'react-i18next'
import { Chip } from '#renderer/ui/chip'
import type { PictureFilter } from '#shared/contract/datasets'
import { heatSide } from '#shared/domain/data-set/statistics'
import { type Facet, useBarName } from '../statistics/bar-name'

/** What narrows the pictures, in words. */
export function FilterChips({ filter }: { filter: PictureFilter }) {
  const { t } = useTranslation('datasets')
  const nameOf = useBarName()
  const { cell, excluded: _, ...facets } = filter
  return (
    <>
      {(Object.entries(facets) as [Facet, string][]).map(([facet, value]) => (
        <Chip key={facet} tone="accent">
          {t(`facet.${facet}`)}: {nameOf(facet, value)}
        </Chip>
      ))}
      {cell !== undefined && (
        <Chip tone="accent">
          {t('facet.cell')}:{' '}
          {t('facet.cellName', { row: Math.floor(cell / heatSide) + 1, column: (cell % heatSide) + 1 })}
        </Chip>
      )}
    </>
  )
}
