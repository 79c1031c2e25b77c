import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { api, client } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { useLiveJobs } from '#renderer/app/live'
import { toastError } from '#renderer/app/toast'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import { ProgressBar } from '#renderer/ui/progress-bar'
import type { SimilarPictures } from '#shared/contract/similarity'
import classes from './similar-dialog.module.css'

/** Runs the model over the pictures of this kind, so that they can be compared, too. */
export function Prepare({ found: { without, model, modality } }: { found: SimilarPictures }) {
  const { t } = useTranslation('viewer')
  const format = useFormat()
  const queries = useQueryClient()
  const start = useMutation(api.scoring.start.mutationOptions())
  const jobId = start.data?.jobId
  const job = useLiveJobs(({ jobs }) => (jobId === undefined ? undefined : jobs.get(jobId)))
  const ended = job !== undefined && job.state !== 'running' && job.state !== 'waiting'
  useEffect(() => {
    if (!ended) return
    void queries.invalidateQueries({ queryKey: api.similarity.key() })
    void queries.invalidateQueries({ queryKey: api.review.key() })
  }, [ended, queries])

  if (jobId !== undefined && !ended) {
    const gone = job ? job.done + job.skipped + job.failed : 0
    const total = job?.total ?? null
    return (
      <div className={classes.prepare} role="status">
        <ProgressBar value={total ? gone / total : null} label={t('similar.prepare')} />
        <span className="quiet">
          {total
            ? t('similar.preparing', { done: format.whole(gone), total: format.whole(total) })
            : t('similar.starting')}
        </span>
        <Button
          variant="default"
          size="xs"
          onClick={() => void client.jobs.cancel({ jobId }).catch(toastError)}
        >
          {t('similar.stop')}
        </Button>
      </div>
    )
  }
  const filter = modality === null ? {} : { modality }
  return (
    <>
      {start.error && <FaultNote fault={faultFrom(start.error)} />}
      {job?.fault && <FaultNote fault={job.fault} />}
      {without > 0 && (
        <div className={classes.prepare}>
          <span className="quiet">{t('similar.without', { count: without })}</span>
          <Button
            variant="default"
            size="xs"
            loading={start.isPending}
            onClick={() => start.mutate({ target: { kind: 'filter', filter }, model })}
          >
            {t('similar.prepare')}
          </Button>
        </div>
      )}
    </>
  )
}
