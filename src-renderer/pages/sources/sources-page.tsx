import { Button } from '@mantine/core'
import { IconDatabaseShare, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { api } from '#renderer/app/api'
import { useDocumentTitle } from '#renderer/app/document-title'
import { faultFrom } from '#renderer/app/fault'
import { EmptyState } from '#renderer/ui/empty-state'
import { ErrorState } from '#renderer/ui/error-state'
import { PageFrame } from '#renderer/ui/page-frame'
import type { Source } from '#shared/domain/source'
import { ArchiveHead } from './archive-head'
import { INTAKE, SourceList } from './source-list'
import classes from './sources-page.module.css'
import { StudySearch } from './study-search'
import { Transfers } from './transfers'

const SourceDialog = lazy(() => import('./source-dialog'))
const IntakePanel = lazy(() => import('./intake-panel'))

/** Where else are pictures, and how do they come here and go back? */
export default function SourcesPage() {
  const { t } = useTranslation('sources')
  useDocumentTitle(t('title'))
  const sources = useQuery(api.sources.list.queryOptions())
  const [place, setPlace] = useSearchParams()
  const [editing, setEditing] = useState<Source | 'new' | null>(null)
  const list = sources.data ?? []
  const at = place.get('at')
  const chosen = at === INTAKE ? null : (list.find(({ id }) => String(id) === at) ?? list[0] ?? null)
  return (
    <PageFrame
      title={t('title')}
      meta={sources.data && t('count', { count: list.length })}
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>
          {t('add')}
        </Button>
      }
    >
      <SourceList
        sources={list}
        chosen={at === INTAKE ? INTAKE : (chosen?.id ?? null)}
        onChoose={(id) => setPlace({ at: String(id) })}
      />
      <div className={classes.main}>
        {sources.isError && <ErrorState fault={faultFrom(sources.error)} onRetry={() => sources.refetch()} />}
        {at === INTAKE && (
          <Suspense>
            <IntakePanel />
          </Suspense>
        )}
        {at !== INTAKE && sources.isSuccess && !chosen && (
          <EmptyState icon={<IconDatabaseShare />} title={t('empty.title')} text={t('empty.text')}>
            <Button onClick={() => setEditing('new')}>{t('add')}</Button>
          </EmptyState>
        )}
        {chosen && (
          <div key={chosen.id} className={classes.archive}>
            <ArchiveHead source={chosen} onEdit={() => setEditing(chosen)} />
            <StudySearch source={chosen} />
          </div>
        )}
        <Transfers />
      </div>
      <Suspense>
        {editing && (
          <SourceDialog
            source={editing === 'new' ? null : editing}
            onClose={() => setEditing(null)}
            onSaved={(source) => {
              setEditing(null)
              setPlace({ at: String(source.id) })
            }}
          />
        )}
      </Suspense>
    </PageFrame>
  )
}
