import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '#renderer/app/api'
import { JobUnderWay } from '#renderer/app/job-under-way'
import { useLiveJobs } from '#renderer/app/live'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import { TaughtModel } from './taught-model'
import classes from './teach.module.css'

interface Props {
  jobId: number
  model: { id: string; version: string }
  onClose: () => void
}

/** How the teaching goes on, and at its end how good the model is and what could not be read. */
export function TeachProgress({ jobId, model, onClose }: Props) {
  const { t } = useTranslation(['datasets', 'common'])
  const job = useLiveJobs(({ jobs }) => jobs.get(jobId))
  const ended = job !== undefined && job.state !== 'running' && job.state !== 'waiting'
  if (!ended) {
    return (
      <JobUnderWay
        jobId={jobId}
        job={job}
        running={t('teach.running')}
        sofar={(through, total) => t('teach.sofar', { through, total })}
        background={t('teach.background')}
        onClose={onClose}
      />
    )
  }
  return (
    <>
      <div className={classes.parts} role="status">
        {job.fault && <FaultNote fault={job.fault} />}
        {job.state === 'done' && <TaughtModel {...model} />}
        {job.state !== 'done' && !job.fault && <p>{t('teach.stopped')}</p>}
        {job.failed > 0 && <Unread jobId={jobId} count={job.failed} />}
      </div>
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {t('common:close')}
        </Button>
        {job.state === 'done' && (
          <Button component={Link} to={`/models/${model.id}/${model.version}`}>
            {t('teach.open')}
          </Button>
        )}
      </DialogActions>
    </>
  )
}

const SHOWN = 100

function Unread({ jobId, count }: { jobId: number; count: number }) {
  const { t } = useTranslation('datasets')
  const input = { jobId, state: 'failed' as const, offset: 0, limit: SHOWN }
  const failed = useQuery(api.jobs.items.queryOptions({ input, staleTime: 0 }))
  return (
    <section>
      <h3>{t('teach.unread', { count })}</h3>
      <ul className={classes.unread}>
        {failed.data?.items.map(({ id, path, fault }) => (
          <li key={id}>
            <code>{path}</code>
            {fault && <FaultNote fault={fault} />}
          </li>
        ))}
      </ul>
    </section>
  )
}
