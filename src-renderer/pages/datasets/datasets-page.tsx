import { Button } from '@mantine/core'
import { IconPlus, IconStack2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '#renderer/app/api'
import { useDocumentTitle } from '#renderer/app/document-title'
import { faultFrom } from '#renderer/app/fault'
import { type Shortcut, useShortcuts } from '#renderer/app/shortcuts'
import { EmptyState } from '#renderer/ui/empty-state'
import { ErrorState } from '#renderer/ui/error-state'
import { Keys } from '#renderer/ui/keys'
import { PageFrame } from '#renderer/ui/page-frame'
import classes from './datasets-page.module.css'
import { SetCard } from './list/set-card'

const QuestionDialog = lazy(() => import('./list/question-dialog'))

/** What can be trained on? */
export default function DataSetsPage() {
  const { t } = useTranslation('datasets')
  useDocumentTitle(t('title'))
  const navigate = useNavigate()
  const [creating, setCreating] = useState(false)
  const sets = useQuery(api.datasets.list.queryOptions({ staleTime: 0 }))
  const shortcuts = useMemo<Shortcut[]>(
    () => [{ keys: ['n'], label: t('new'), run: () => setCreating(true) }],
    [t],
  )
  useShortcuts(t('title'), shortcuts)
  const create = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      rightSection={<Keys of="n" />}
      onClick={() => setCreating(true)}
    >
      {t('new')}
    </Button>
  )
  return (
    <PageFrame
      title={t('title')}
      meta={sets.data && t('count', { count: sets.data.length })}
      actions={create}
    >
      <div className={classes.main}>
        {sets.isError && <ErrorState fault={faultFrom(sets.error)} onRetry={() => sets.refetch()} />}
        {sets.data?.length === 0 && (
          <EmptyState icon={<IconStack2 />} title={t('empty.title')} text={t('empty.text')}>
            <Button onClick={() => setCreating(true)}>{t('new')}</Button>
          </EmptyState>
        )}
        <ul className={classes.sets}>
          {sets.data?.map((set) => (
            <SetCard key={set.id} set={set} />
          ))}
        </ul>
      </div>
      <Suspense>
        {creating && (
          <QuestionDialog
            set={null}
            onClose={() => setCreating(false)}
            onSaved={({ id }) => void navigate(`/datasets/${id}`)}
          />
        )}
      </Suspense>
    </PageFrame>
  )
}
