import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/app/api'
import { desktop } from '#renderer/app/desktop'
import { useLiveJobs } from '#renderer/app/live'
import { toastError } from '#renderer/app/toast'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import { ProgressBar } from '#renderer/ui/progress-bar'
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
  const gone = job ? job.done + job.skipped + job.failed : 0
  if (!ended) {
    return (
      <>
        <div className={classes.progress}>
          <ProgressBar value={job?.total ? gone / job.total : null} label={t('running')} />
          <p className="quiet">{t('sofar', { count: gone, total: job?.total ?? 0 })}</p>
        </div>
        <DialogActions>
          <Button variant="default" onClick={() => client.jobs.cancel({ jobId }).catch(toastError)}>
            {t('common:cancel')}
          </Button>
          <Button onClick={onClose}>{t('background')}</Button>
        </DialogActions>
      </>
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
