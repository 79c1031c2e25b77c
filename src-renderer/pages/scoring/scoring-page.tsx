import { Button } from '@mantine/core'
import { IconChartBar, IconFolderOpen } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '#renderer/app/api'
import { useDocumentTitle } from '#renderer/app/document-title'
import { useDropTarget } from '#renderer/app/drop-target'
import { faultFrom } from '#renderer/app/fault'
import { dropped } from '#renderer/app/intake/intake'
import { useLiveJobs } from '#renderer/app/live'
import { type Shortcut, useShortcuts } from '#renderer/app/shortcuts'
import { toastError } from '#renderer/app/toast'
import { EmptyState } from '#renderer/ui/empty-state'
import { ErrorState } from '#renderer/ui/error-state'
import { PageFrame } from '#renderer/ui/page-frame'
import { Pager } from '#renderer/ui/pager'
import type { ScoringTarget } from '#shared/contract/scoring'
import { JobRow } from './job-row'
import classes from './scoring-page.module.css'
import { scoringTargetOf } from './scoring-target'

const PAGE = 50

const FolderDialog = lazy(() => import('./start/folder-dialog'))
const StartDialog = lazy(() => import('./start/start-dialog'))

/** How far, what failed, what next? */
export default function ScoringPage() {
  const { t } = useTranslation('scoring')
  useDocumentTitle(t('title'))
  const navigate = useNavigate()
  const [page, setPage] = useState(0)
  const [choosing, setChoosing] = useState(false)
  const [target, setTarget] = useState<ScoringTarget | null>(null)
  const live = useLiveJobs((state) => state.jobs)
  const input = { offset: page * PAGE, limit: PAGE, kind: 'score' as const }
  const jobs = useQuery(api.jobs.list.queryOptions({ input, placeholderData: keepPreviousData }))

  const drop = useMemo(
    () => ({
      label: t('drop'),
      drop: (items: DataTransfer) => void dropped(items).then(scoringTargetOf).then(setTarget, toastError),
    }),
    [t],
  )
  useDropTarget(drop)
  const shortcuts = useMemo<Shortcut[]>(
    () => [{ keys: ['o'], label: t('start.folder'), run: () => setChoosing(true) }],
    [t],
  )
  useShortcuts(t('title'), shortcuts)

  const items = jobs.data?.items.map((job) => live.get(job.id) ?? job)
  return (
    <PageFrame
      title={t('title')}
      meta={jobs.data && t('jobs', { count: jobs.data.total })}
      actions={
        <Button leftSection={<IconFolderOpen size={16} aria-hidden />} onClick={() => setChoosing(true)}>
          {t('start.folder')}
        </Button>
      }
    >
      <div className={classes.main}>
        {jobs.isError && <ErrorState fault={faultFrom(jobs.error)} onRetry={() => jobs.refetch()} />}
        {items?.length === 0 && (
          <EmptyState icon={<IconChartBar />} title={t('empty.title')} text={t('empty.text')}>
            <Button variant="default" onClick={() => void navigate('/')}>
              {t('empty.library')}
            </Button>
            <Button onClick={() => setChoosing(true)}>{t('start.folder')}</Button>
          </EmptyState>
        )}
        {items && items.length > 0 && (
          <ul className={classes.jobs}>
            {items.map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
          </ul>
        )}
        <Pager page={page} pageSize={PAGE} total={jobs.data?.total ?? 0} onPage={setPage} />
      </div>
      <Suspense>
        {choosing && (
          <FolderDialog
            onClose={() => setChoosing(false)}
            onTarget={(chosen) => {
              setChoosing(false)
              setTarget(chosen)
            }}
          />
        )}
        {target && <StartDialog target={target} onClose={() => setTarget(null)} />}
      </Suspense>
    </PageFrame>
  )
}
