import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { Remark } from '#renderer/ui/remark'
import type { Job } from '#shared/domain/job'
import classes from './job-warnings.module.css'

/** What a reader must know of the results: images that the chosen model is not made for. */
export function JobWarnings({ job }: { job: Job }) {
  const { t } = useTranslation('scoring')
  const warnings = useQuery(
    api.scoring.warnings.queryOptions({ input: { jobId: job.id }, enabled: job.total !== null }),
  )
  if (!warnings.data || warnings.data.length === 0) return null
  return (
    <div className={classes.warnings} role="note">
      {warnings.data.map(({ fault, images }) => (
        <div key={JSON.stringify(fault)}>
          <p>{t('warnings.count', { count: images })}</p>
          <Remark fault={fault} />
        </div>
      ))}
    </div>
  )
}
