import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import { ProgressBar } from '#renderer/ui/progress-bar'
import type { Job } from '#shared/domain/job'
import classes from './job-progress.module.css'

/** How far a job is: a bar, how many of how many, how fast, how long still, how many failed. */
export function JobProgress({ job }: { job: Job }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const seen = job.done + job.skipped + job.failed
  const moving = job.state === 'running' || job.state === 'waiting'
  const value = job.total ? seen / job.total : moving ? null : 0
  return (
    <div className={classes.progress}>
      <ProgressBar
        value={value}
        label={t('progress.label', { title: job.title })}
        tone={job.state === 'done' ? 'ok' : job.state === 'failed' ? 'bad' : moving ? 'accent' : 'quiet'}
      />
      <p className={classes.figures}>
        <span>
          {job.total === null
            ? t('progress.counting', { seen: format.whole(seen) })
            : t('progress.of', { seen: format.whole(seen), total: format.whole(job.total) })}
        </span>
        {job.rate !== null && <span>{t('progress.rate', { rate: format.rate(job.rate) })}</span>}
        {job.remainingSeconds !== null && (
          <span>{t('progress.left', { time: format.duration(job.remainingSeconds) })}</span>
        )}
        {job.skipped > 0 && <span>{t('progress.skipped', { count: job.skipped })}</span>}
        {job.failed > 0 && (
          <span className={classes.failed}>{t('progress.failed', { count: job.failed })}</span>
        )}
      </p>
    </div>
  )
}
