import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useProviderName } from '#renderer/app/provider-names'
import { useFormat } from '#renderer/ui/format'
import type { Job } from '#shared/domain/job'
import { JobProgress } from './job-progress'
import classes from './job-row.module.css'
import { JobStateChip } from './job-state'

/** A job in the list; leads to its page. */
export function JobRow({ job }: { job: Job }) {
  const { t } = useTranslation(['scoring', 'errors'])
  const format = useFormat()
  const providerName = useProviderName()
  const models = job.model?.replaceAll(',', ', ')
  const how = [models, job.provider && providerName(job.provider)].filter(Boolean).join(' · ')
  return (
    <li className={classes.row}>
      <div className={classes.head}>
        <Link to={`/scoring/${job.id}`} className={classes.title ?? ''}>
          {job.title}
        </Link>
        <JobStateChip job={job} />
      </div>
      <JobProgress job={job} />
      <p className={classes.how}>
        <span>{how || t('modelByImage')}</span>
        <time dateTime={job.createdAt}>{format.moment(job.createdAt)}</time>
      </p>
      {job.fault && <p className={classes.fault}>{t(`errors:${job.fault.code}`)}</p>}
    </li>
  )
}
