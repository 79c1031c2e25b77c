import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { desktop } from '#renderer/app/desktop'
import { JobUnderWay } from '#renderer/app/job-under-way'
import { useLiveJobs } from '#renderer/app/live'
import { toastError } from '#renderer/app/toast'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import classes from './exchange-dialog.module.css'
import { ExchangeProblems } from './exchange-problems'

interface Props {
  jobId: number
  /** Says how many files were written or taken in. */
  summary: (files: number) => string
  /** Where they were written to. */
  folder?: string
  onClose: () => void
}

/** How an export or import goes on, and at its end what could not be done, item by item. */
export function ExchangeProgress({ jobId, summary, folder, onClose }: Props) {
  const { t } = useTranslation(['exchange', 'common'])
  const job = useLiveJobs(({ jobs }) => jobs.get(jobId))
  const ended = job !== undefined && job.state !== 'running' && job.state !== 'waiting'
  if (!ended) {
    return (
      <JobUnderWay
        jobId={jobId}
        job={job}
        running={t('running')}
        sofar={(count, total) => t('sofar', { count, total })}
        background={t('background')}
        onClose={onClose}
      />
    )
  }
  return (
    <>
      <div className={classes.parts} role="status">
        {job.fault && <FaultNote fault={job.fault} />}
        <ExchangeProblems jobId={jobId} summary={summary} />
        {folder !== undefined && <p className={classes.path}>{folder}</p>}
      </div>
      <DialogActions>
        {desktop && folder !== undefined && (
          <Button variant="default" onClick={() => desktop?.reveal(folder).catch(toastError)}>
            {t('reveal')}
          </Button>
        )}
        <Button onClick={onClose}>{t('common:close')}</Button>
      </DialogActions>
    </>
  )
}
