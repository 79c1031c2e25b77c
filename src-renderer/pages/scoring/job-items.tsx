import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { ErrorState } from '#renderer/ui/error-state'
import { FaultNote } from '#renderer/ui/fault-note'
import { Pager } from '#renderer/ui/pager'
import { Remark } from '#renderer/ui/remark'
import type { Job } from '#shared/domain/job'
import classes from './job-items.module.css'

const PAGE = 50

/** Items of a job that failed, or were left out, one by one: the file, why, and what to do. */
export function JobItems({ job, state }: { job: Job; state: 'failed' | 'skipped' }) {
  const { t } = useTranslation('scoring')
  const [page, setPage] = useState(0)
  const items = useQuery(
    api.jobs.items.queryOptions({
      input: { jobId: job.id, state, offset: page * PAGE, limit: PAGE },
      placeholderData: keepPreviousData,
      refetchInterval: job.state === 'running' ? 3_000 : false,
      staleTime: 0,
    }),
  )
  if (items.isError) return <ErrorState fault={faultFrom(items.error)} onRetry={() => items.refetch()} />
  if (!items.data) return null
  if (items.data.total === 0) return <p className="quiet">{t(`items.none.${state}`)}</p>
  return (
    <div className={classes.items}>
      <ul>
        {items.data.items.map((item) => (
          <li key={item.id} className={classes.item}>
            <p className={classes.path}>
              <code>{item.path}</code>
              {item.frame !== null && item.frame > 0 && (
                <span>{t('items.frame', { frame: item.frame + 1 })}</span>
              )}
              {item.attempts > 1 && <span>{t('items.attempts', { count: item.attempts })}</span>}
            </p>
            {item.fault &&
              (state === 'failed' ? <FaultNote fault={item.fault} /> : <Remark fault={item.fault} />)}
          </li>
        ))}
      </ul>
      <Pager page={page} pageSize={PAGE} total={items.data.total} onPage={setPage} />
    </div>
  )
}
