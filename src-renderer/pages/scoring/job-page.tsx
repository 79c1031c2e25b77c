import { Button } from '@mantine/core'
import { IconFileExport } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api } from '#renderer/app/api'
import { useDocumentTitle } from '#renderer/app/document-title'
import { faultFrom } from '#renderer/app/fault'
import { type Shortcut, useShortcuts } from '#renderer/app/shortcuts'
import { ErrorState } from '#renderer/ui/error-state'
import { FaultNote } from '#renderer/ui/fault-note'
import { Keys } from '#renderer/ui/keys'
import { Crumb, PageFrame } from '#renderer/ui/page-frame'
import { Panel } from '#renderer/ui/panel'
import { Tabs } from '#renderer/ui/tabs'
import type { Job } from '#shared/domain/job'
import { JobActions } from './job-actions'
import { JobCounts } from './job-counts'
import { JobFacts } from './job-facts'
import { JobItems } from './job-items'
import classes from './job-page.module.css'
import { JobProgress } from './job-progress'
import { JobResults } from './job-results'
import { JobStateChip } from './job-state'
import { JobWarnings } from './job-warnings'

const ReportDialog = lazy(() => import('./report-dialog'))

/** One job: how far, what it found, what failed and why. */
export default function JobPage() {
  const { t } = useTranslation('scoring')
  const jobId = Number(useParams().jobId)
  const job = useQuery(api.jobs.get.queryOptions({ input: { jobId } }))
  useDocumentTitle(job.data?.title ?? t('title'))
  return (
    <PageFrame
      crumbs={
        <Crumb>
          <Link to="/scoring">{t('title')}</Link>
        </Crumb>
      }
      title={job.data?.title ?? t('job.title')}
      meta={job.data && <JobStateChip job={job.data} />}
      actions={job.data && <Actions job={job.data} />}
    >
      {job.isError && <ErrorState fault={faultFrom(job.error)} onRetry={() => job.refetch()} />}
      {job.data && <JobBody job={job.data} />}
    </PageFrame>
  )
}

function Actions({ job }: { job: Job }) {
  const { t } = useTranslation('scoring')
  const [reporting, setReporting] = useState(false)
  const shortcuts = useMemo<Shortcut[]>(
    () => [{ keys: ['w'], label: t('report.button'), run: () => setReporting(true) }],
    [t],
  )
  useShortcuts(t('report.title'), shortcuts)
  return (
    <>
      <JobActions job={job} />
      <Button
        leftSection={<IconFileExport size={16} aria-hidden />}
        rightSection={<Keys of="w" />}
        onClick={() => setReporting(true)}
      >
        {t('report.button')}
      </Button>
      <Suspense>{reporting && <ReportDialog job={job} onClose={() => setReporting(false)} />}</Suspense>
    </>
  )
}

function JobBody({ job }: { job: Job }) {
  const { t } = useTranslation('scoring')
  const [tab, setTab] = useState<'results' | 'counts' | 'failed' | 'skipped'>('results')
  return (
    <div className={classes.body}>
      <div className={classes.main}>
        <Panel>
          <JobProgress job={job} />
          {job.fault && <FaultNote fault={job.fault} />}
        </Panel>
        <JobWarnings job={job} />
        <Tabs
          label={t('job.parts')}
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'results', label: t('job.results') },
            { value: 'counts', label: t('job.counts') },
            { value: 'failed', label: t('job.failed'), count: job.failed },
            { value: 'skipped', label: t('job.skipped'), count: job.skipped },
          ]}
        >
          {tab === 'results' && <JobResults job={job} />}
          {tab === 'counts' && <JobCounts job={job} />}
          {(tab === 'failed' || tab === 'skipped') && <JobItems key={tab} job={job} state={tab} />}
        </Tabs>
      </div>
      <aside className={classes.aside} aria-label={t('job.how')}>
        <JobFacts job={job} />
      </aside>
    </div>
  )
}
