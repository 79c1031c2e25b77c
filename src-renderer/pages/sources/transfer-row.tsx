import { ActionIcon } from '@mantine/core'
import { IconDownload, IconPlayerPause, IconPlayerPlay, IconUpload, IconX } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/app/api'
import { toastError } from '#renderer/app/toast'
import { JobStateChip } from '#renderer/pages/scoring/job-state'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import { ProgressBar } from '#renderer/ui/progress-bar'
import type { Job } from '#shared/domain/job'
import classes from './transfers.module.css'

const FailuresDialog = lazy(() => import('./failures-dialog'))

const going = (job: Job) => job.state === 'running' || job.state === 'waiting'
const standing = (job: Job) => ['paused', 'interrupted', 'cancelled', 'failed'].includes(job.state)

/** One transfer: how far, what failed, and the ways to stop it or go on. */
export function TransferRow({ job }: { job: Job }) {
  const { t } = useTranslation(['sources', 'common'])
  const format = useFormat()
  const [failures, setFailures] = useState(false)
  const ended = job.done + job.skipped + job.failed
  const act = (what: 'pause' | 'resume' | 'cancel') => client.jobs[what]({ jobId: job.id }).catch(toastError)
  const Way = job.kind === 'send' ? IconUpload : IconDownload
  return (
    <li className={classes.row}>
      <div className={classes.head}>
        <Way size={16} aria-label={t(job.kind === 'send' ? 'transfers.sending' : 'transfers.fetching')} />
        <span className={classes.title}>{job.title}</span>
        {going(job) && (
          <ActionIcon
            variant="default"
            aria-label={t('transfers.pause')}
            title={t('transfers.pause')}
            onClick={() => act('pause')}
          >
            <IconPlayerPause size={16} aria-hidden />
          </ActionIcon>
        )}
        {standing(job) && (
          <ActionIcon
            variant="default"
            aria-label={t('transfers.resume')}
            title={t('transfers.resume')}
            onClick={() => act('resume')}
          >
            <IconPlayerPlay size={16} aria-hidden />
          </ActionIcon>
        )}
        {(going(job) || job.state === 'paused' || job.state === 'interrupted') && (
          <ActionIcon
            variant="default"
            aria-label={t('common:cancel')}
            title={t('common:cancel')}
            onClick={() => act('cancel')}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        )}
        <JobStateChip job={job} />
      </div>
      {job.state !== 'done' && (
        <ProgressBar
          value={job.total ? ended / job.total : going(job) ? null : 0}
          label={job.title}
          tone={job.state === 'failed' ? 'bad' : going(job) ? 'accent' : 'quiet'}
        />
      )}
      <p className={classes.figures}>
        <span>
          {job.total === null
            ? going(job) && t('transfers.counting')
            : t('transfers.of', { done: format.whole(job.done), total: format.whole(job.total) })}
        </span>
        {job.skipped > 0 && <span>{t('transfers.skipped', { count: job.skipped })}</span>}
        {job.failed > 0 && (
          <button type="button" className={classes.bad} onClick={() => setFailures(true)}>
            {t('transfers.failed', { count: job.failed })}
          </button>
        )}
        {going(job) && job.rate !== null && (
          <span>{t('transfers.rate', { rate: format.rate(job.rate) })}</span>
        )}
        {going(job) && job.remainingSeconds !== null && (
          <span>{t('transfers.left', { time: format.duration(job.remainingSeconds) })}</span>
        )}
        <time dateTime={job.createdAt}>{format.moment(job.createdAt)}</time>
      </p>
      {job.fault && <FaultNote fault={job.fault} />}
      <Suspense>{failures && <FailuresDialog job={job} onClose={() => setFailures(false)} />}</Suspense>
    </li>
  )
}
