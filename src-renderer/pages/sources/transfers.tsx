import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { useLiveJobs } from '#renderer/app/live'
import { Panel } from '#renderer/ui/panel'
import { TransferRow } from './transfer-row'
import classes from './transfers.module.css'

const SHOWN = 20

/** What is or was on its way from and to archives, the newest first. */
export function Transfers() {
  const { t } = useTranslation('sources')
  const live = useLiveJobs((state) => state.jobs)
  const page = { offset: 0, limit: SHOWN }
  const fetched = useQuery(api.jobs.list.queryOptions({ input: { ...page, kind: 'fetch' } }))
  const sent = useQuery(api.jobs.list.queryOptions({ input: { ...page, kind: 'send' } }))
  const jobs = [...(fetched.data?.items ?? []), ...(sent.data?.items ?? [])]
    .map((job) => live.get(job.id) ?? job)
    .sort((left, right) => right.id - left.id)
    .slice(0, SHOWN)
  if (jobs.length === 0) return null
  return (
    <Panel title={t('transfers.title')}>
      <ul className={classes.jobs}>
        {jobs.map((job) => (
          <TransferRow key={job.id} job={job} />
        ))}
      </ul>
    </Panel>
  )
}
