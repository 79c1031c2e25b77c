import { useTranslation } from 'react-i18next'
import { Facet } from '#renderer/ui/facet'
import { Facets } from '#renderer/ui/facets'
import { task } from '#shared/domain/model-manifest/index'
import type { useCatalogueView } from './catalogue-view'
import { type CatalogueFilter, type ModelFamily, passes } from './families'

type Props = ReturnType<typeof useCatalogueView> & { families: readonly ModelFamily[] }

/** What models there are, with counts; a click narrows the catalogue to it. */
export function CatalogueFacets({ families, filter, change }: Props) {
  const { t } = useTranslation(['models', 'common'])
  const count = (wanted: CatalogueFilter) => families.filter((family) => passes(family, wanted)).length
  const attention = count({ state: 'attention' })
  const tasks = task.options.filter((name) => count({ task: name }) > 0)
  return (
    <Facets label={t('facets.label')} note={t('common:researchAid')}>
      <Facet
        label={t('facets.everything')}
        count={families.length}
        on={Object.keys(filter).length === 0}
        onClick={() => change({ task: null, domain: null, state: null })}
      />
      <Facet
        label={t('facets.active')}
        count={count({ state: 'active' })}
        on={filter.state === 'active'}
        onClick={() => change({ state: filter.state === 'active' ? null : 'active' })}
      />
      {attention > 0 && (
        <Facet
          label={t('facets.attention')}
          count={attention}
          on={filter.state === 'attention'}
          warn
          onClick={() => change({ state: filter.state === 'attention' ? null : 'attention' })}
        />
      )}
      <h2>{t('task.title')}</h2>
      {tasks.map((name) => (
        <Facet
          key={name}
          label={t(`task.${name}`)}
          count={count({ task: name })}
          on={filter.task === name}
          onClick={() => change({ task: filter.task === name ? null : name })}
        />
      ))}
      <h2>{t('domain.title')}</h2>
      {(['medical', 'retail'] as const).map((domain) => (
        <Facet
          key={domain}
          label={t(`domain.${domain}`)}
          count={count({ domain })}
          on={filter.domain === domain}
          onClick={() => change({ domain: filter.domain === domain ? null : domain })}
        />
      ))}
    </Facets>
  )
}
