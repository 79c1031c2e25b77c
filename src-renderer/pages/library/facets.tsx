import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { useModalityName } from '#renderer/app/modality-names'
import { Facet } from '#renderer/ui/facet'
import { Facets } from '#renderer/ui/facets'
import type { LibraryView, ViewChange } from './library-view'

interface Props {
  view: LibraryView
  change: (change: ViewChange) => void
}

/** What the library holds, with counts; a click narrows the list to it. */
export function LibraryFacets({ view, change }: Props) {
  const { t } = useTranslation(['library', 'common'])
  const modalityName = useModalityName()
  const overview = useQuery(api.library.overview.queryOptions()).data
  const { modality, findings } = view.filter
  const everything = !modality && !findings && !view.problems
  const outcomes = [
    { value: 'with', label: t('facets.with'), count: overview?.withFindings },
    { value: 'without', label: t('facets.without'), count: overview?.withoutFindings },
    { value: 'unscored', label: t('facets.unscored'), count: overview?.unscored },
  ]

  return (
    <Facets label={t('facets.label')} note={t('common:researchAid')}>
      <Facet
        label={t('facets.everything')}
        count={overview?.studies}
        on={everything}
        onClick={() => change({ modality: null, findings: null, show: null })}
      />
      {overview !== undefined && overview.unreadable > 0 && (
        <Facet
          label={t('facets.unreadable')}
          count={overview.unreadable}
          on={view.problems}
          warn
          onClick={() => change({ show: view.problems ? null : 'problems' })}
        />
      )}
      {overview !== undefined && overview.modalities.length > 0 && (
        <>
          <h2>{t('facets.kind')}</h2>
          {overview.modalities.map((kind) => {
            const on = modality === kind.modality && !view.problems
            return (
              <Facet
                key={kind.modality}
                label={modalityName(kind.modality)}
                count={kind.studies}
                on={on}
                onClick={() => change({ modality: on ? null : kind.modality, show: null })}
              />
            )
          })}
        </>
      )}
      <h2>{t('facets.findings')}</h2>
      {outcomes.map(({ value, label, count }) => {
        const on = findings === value && !view.problems
        return (
          <Facet
            key={value}
            label={label}
            count={count}
            on={on}
            onClick={() => change({ findings: on ? null : value, show: null })}
          />
        )
      })}
    </Facets>
  )
}
