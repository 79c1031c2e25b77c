import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useProviderName } from '#renderer/app/provider-names'
import { Fact, Facts } from '#renderer/ui/facts'
import { useFormat } from '#renderer/ui/format'
import { Panel } from '#renderer/ui/panel'
import type { Job } from '#shared/domain/job'
import classes from './job-facts.module.css'

/** How a job was done: model, provider, operating point, times. */
export function JobFacts({ job }: { job: Job }) {
  const { t } = useTranslation(['scoring', 'common'])
  const format = useFormat()
  const providerName = useProviderName()
  const seconds =
    job.startedAt && job.finishedAt ? (Date.parse(job.finishedAt) - Date.parse(job.startedAt)) / 1000 : null
  return (
    <Panel title={t('job.how')}>
      <Facts>
        <Fact name={t('job.model')}>{job.model ? <ModelLinks names={job.model} /> : t('modelByImage')}</Fact>
        <Fact name={t('job.provider')}>{job.provider && providerName(job.provider)}</Fact>
        <Fact name={t('job.threshold')}>
          {job.threshold === null ? t('job.operatingPoint') : format.score(job.threshold)}
        </Fact>
        <Fact name={t('job.created')}>{format.moment(job.createdAt)}</Fact>
        <Fact name={t('job.finished')}>{job.finishedAt && format.moment(job.finishedAt)}</Fact>
        <Fact name={t('job.took')}>{seconds !== null && seconds >= 0 && format.duration(seconds)}</Fact>
        <Fact name={t('job.scored')}>{format.whole(job.done)}</Fact>
        <Fact name={t('job.skipped')}>{format.whole(job.skipped)}</Fact>
        <Fact name={t('job.failed')}>{format.whole(job.failed)}</Fact>
      </Facts>
      <p className={classes.note}>{t('common:researchAidLong')}</p>
    </Panel>
  )
}

/** Models as they are named in a job, `id@version, id@version`, each leading to its card. */
function ModelLinks({ names }: { names: string }) {
  return names.split(/,\s*/).map((name, place) => {
    const [id, version] = name.split('@')
    return (
      <span key={name}>
        {place > 0 && ', '}
        {id && version ? <Link to={`/models/${id}/${version}`}>{name}</Link> : name}
      </span>
    )
  })
}
