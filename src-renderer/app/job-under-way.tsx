import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { ProgressBar } from '#renderer/ui/progress-bar'
import type { Job } from '#shared/domain/job'
import { client } from './api'
import classes from './job-under-way.module.css'
import { toastError } from './toast'

interface Props {
  jobId: number
  /** Undefined until the first word of it. */
  job: Job | undefined
  /** What is done, e.g. "Exporting". */
  running: string
  /** How far it is, from the items that are through and those there are. */
  sofar: (through: number, total: number) => string
  /** Of the button that leaves it to go on by itself. */
  background: string
  onClose: () => void
}

/** A job that is waited for in a dialog: how far it is, cancelled or left to go on. */
export function JobUnderWay({ jobId, job, running, sofar, background, onClose }: Props) {
  const { t } = useTranslation('common')
  const through = job ? job.done + job.skipped + job.failed : 0
  return (
    <>
      <div className={classes.progress}>
        <ProgressBar value={job?.total ? through / job.total : null} label={running} />
        <p className="quiet">{sofar(through, job?.total ?? 0)}</p>
      </div>
      <DialogActions>
        <Button variant="default" onClick={() => client.jobs.cancel({ jobId }).catch(toastError)}>
          {t('cancel')}
        </Button>
        <Button onClick={onClose}>{background}</Button>
      </DialogActions>
    </>
  )
}
