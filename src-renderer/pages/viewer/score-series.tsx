import { Button } from '@mantine/core'
import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, client } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { useLiveJobs } from '#renderer/app/live'
import { ModelSelect } from '#renderer/app/model-select'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import { ProgressBar } from '#renderer/ui/progress-bar'
import type { SeriesCard } from '#shared/contract/library'
import type { Job } from '#shared/domain/job'
import classes from './score-series.module.css'
import { Section } from './section'

/** Scores the open series and tells how far it is; the findings appear by themselves. */
export function ScoreSeries({ series, first = false }: { series: SeriesCard; first?: boolean }) {
  const { t } = useTranslation('viewer')
  const start = useMutation(api.scoring.start.mutationOptions())
  const [model, setModel] = useState<string | null>(null)
  const { reset } = start
  // biome-ignore lint/correctness/useExhaustiveDependencies: another series has a job of its own, or none
  useEffect(() => reset(), [reset, series.id])
  const jobId = start.data?.jobId
  const job = useJob(jobId)
  useRefresh(job)
  const under = start.isPending || (jobId !== undefined && (!job || running(job)))
  const target = { kind: 'series' as const, seriesIds: [series.id] }
  const go = () => start.mutate({ target, ...(model === null ? {} : { model }) })

  if (under) return <Progress job={job} />
  const button = (
    <>
      <ModelSelect label={t('score.model')} size="xs" value={model} onChange={setModel} />
      <Button variant={first ? 'filled' : 'default'} size={first ? 'sm' : 'xs'} onClick={go}>
        {t(first ? 'score.start' : 'score.again')}
      </Button>
    </>
  )
  const outcome = (
    <>
      {start.error && <FaultNote fault={faultFrom(start.error)} />}
      {job && <Outcome job={job} />}
    </>
  )
  if (!first) {
    return (
      <div className={classes.again}>
        {outcome}
        {button}
      </div>
    )
  }
  return (
    <Section title={t('score.title')}>
      <p className="quiet">{t('score.text')}</p>
      {outcome}
      {button}
    </Section>
  )
}

const running = (job: Job) => job.state === 'waiting' || job.state === 'running' || job.state === 'paused'

function useJob(jobId: number | undefined): Job | undefined {
  const live = useLiveJobs((state) => (jobId === undefined ? undefined : state.jobs.get(jobId)))
  const once = useQuery(
    api.jobs.get.queryOptions({ input: jobId === undefined ? skipToken : { jobId } }),
  ).data
  return live ?? once
}

/** Asks for runs and findings again when the job has ended. */
function useRefresh(job: Job | undefined) {
  const queries = useQueryClient()
  const ended = job !== undefined && !running(job)
  useEffect(() => {
    if (ended) void queries.invalidateQueries({ queryKey: api.review.key() })
  }, [ended, queries])
}

function Progress({ job }: { job: Job | undefined }) {
  const { t } = useTranslation(['viewer', 'common'])
  const format = useFormat()
  const done = job ? job.done + job.skipped + job.failed : 0
  const total = job?.total ?? null
  const left = job?.remainingSeconds
  return (
    <div className={classes.progress} role="status">
      <ProgressBar value={total ? done / total : null} label={t('score.start')} />
      <p className={classes.line}>
        <span>
          {total
            ? t('score.progress', { done: format.whole(done), total: format.whole(total) })
            : t('score.starting')}
        </span>
        <span>{left != null && t('score.left', { time: format.duration(left) })}</span>
      </p>
      {job && (
        <Button variant="default" size="xs" onClick={() => void client.jobs.cancel({ jobId: job.id })}>
          {t('score.cancel')}
        </Button>
      )}
    </div>
  )
}

/** What went otherwise than wished; nothing where all is well. */
function Outcome({ job }: { job: Job }) {
  const { t } = useTranslation('viewer')
  const skipped = job.total !== null && job.skipped === job.total
  if (job.fault) return <FaultNote fault={job.fault} />
  if (!skipped && job.failed === 0) return null
  return (
    <p className="quiet">
      {skipped ? t('score.skipped') : t('score.failed', { count: job.failed })}{' '}
      <Link to={`/scoring/${job.id}`}>{t('score.open')}</Link>
    </p>
  )
}
