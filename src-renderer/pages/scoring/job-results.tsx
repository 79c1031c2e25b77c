import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { useLabelName } from '#renderer/app/label-names'
import { useFindsProducts } from '#renderer/app/model-domain'
import { ErrorState } from '#renderer/ui/error-state'
import { useFormat } from '#renderer/ui/format'
import { Pager } from '#renderer/ui/pager'
import { Thumbnail } from '#renderer/ui/thumbnail'
import type { ScoredSeries } from '#shared/contract/scoring'
import type { Job } from '#shared/domain/job'
import classes from './job-results.module.css'

const PAGE = 50

/** What a job found, by series of slices and by picture, highest score first; a click opens the viewer. */
export function JobResults({ job }: { job: Job }) {
  const { t } = useTranslation('scoring')
  const [page, setPage] = useState(0)
  const running = job.state === 'running'
  const results = useQuery(
    api.scoring.results.queryOptions({
      input: { jobId: job.id, offset: page * PAGE, limit: PAGE },
      placeholderData: keepPreviousData,
      refetchInterval: running ? 3_000 : false,
      staleTime: 0,
    }),
  )
  if (results.isError)
    return <ErrorState fault={faultFrom(results.error)} onRetry={() => results.refetch()} />
  if (!results.data) return null
  const { total, items } = results.data
  if (total === 0) return <p className="quiet">{running ? t('results.soon') : t('results.none')}</p>
  return (
    <div className={classes.results}>
      <ul>
        {items.map((series) => (
          <Result
            key={`${series.runId} ${series.seriesId} ${series.picture === null ? '' : series.keyImageId}`}
            series={series}
          />
        ))}
      </ul>
      <Pager page={page} pageSize={PAGE} total={total} onPage={setPage} />
    </div>
  )
}

function Result({ series }: { series: ScoredSeries }) {
  const { t } = useTranslation(['scoring', 'common'])
  const what = useFindsProducts()(series.model) ? 'products' : 'regions'
  const to = `/study/${series.studyId}?series=${series.seriesId}&image=${series.keyOrdinal}&run=${series.runId}`
  const about =
    series.picture === null
      ? [series.modality, series.description, t('common:images', { count: series.predicted })]
      : [series.subject, series.description]
  return (
    <li>
      <Link to={to} className={classes.result ?? ''}>
        <span className={classes.picture}>
          <Thumbnail imageId={series.keyImageId} />
        </span>
        <span className={classes.text}>
          <b>{series.picture ?? series.subject}</b>
          <span className={classes.about}>{about.filter(Boolean).join(' · ')}</span>
        </span>
        <span className={classes.outcome}>
          <Headline series={series} />
          <span className={classes.about}>
            {series.lesionCount > 0 && t('common:lesions', { count: series.lesionCount })}
            {series.findingCount > 0 && t(`results.${what}`, { count: series.findingCount })}
            {series.lesionCount + series.findingCount > 0 && series.failed > 0 && ' · '}
            {series.failed > 0 && (
              <span className={classes.failed}>{t('progress.failed', { count: series.failed })}</span>
            )}
          </span>
        </span>
      </Link>
    </li>
  )
}

/** The label called or the surest finding; what was likeliest where none was called. */
function Headline({ series: { topLabel, topScore, likeliest, predicted } }: { series: ScoredSeries }) {
  const { t } = useTranslation('scoring')
  const labelName = useLabelName()
  const format = useFormat()
  if (topLabel !== null) {
    return (
      <b className={classes.found}>
        {labelName(topLabel)} {topScore !== null && format.score(topScore)}
      </b>
    )
  }
  if (likeliest) {
    const figures = { label: labelName(likeliest.label), score: format.score(likeliest.probability) }
    return <span>{t('results.open', figures)}</span>
  }
  return <span>{predicted > 0 && t('results.nothing')}</span>
}
