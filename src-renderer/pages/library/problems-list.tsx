import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { asFault, faultFrom } from '#renderer/app/fault'
import { ErrorState } from '#renderer/ui/error-state'
import { FaultNote } from '#renderer/ui/fault-note'
import { Pager } from '#renderer/ui/pager'
import { Remark } from '#renderer/ui/remark'
import classes from './problems-list.module.css'

const PAGE = 50

/** Files that were not taken in, one by one, each with its reason and what to do; of one import or of all. */
export function ProblemsList({ jobId }: { jobId?: number }) {
  const { t } = useTranslation('library')
  const [page, setPage] = useState(0)
  const input = { offset: page * PAGE, limit: PAGE, ...(jobId === undefined ? {} : { jobId }) }
  const problems = useQuery(api.library.problems.queryOptions({ input, placeholderData: keepPreviousData }))
  if (problems.isError)
    return <ErrorState fault={faultFrom(problems.error)} onRetry={() => problems.refetch()} />
  if (!problems.data) return null
  const { total, items } = problems.data
  if (total === 0) return <p className={classes.none}>{t('problems.none')}</p>
  return (
    <div className={classes.list}>
      <ul>
        {items.map((problem) => (
          <li key={`${problem.jobId} ${problem.path} ${problem.kind}`} className={classes.problem}>
            <code className={classes.path}>{problem.path}</code>
            {problem.kind === 'unreadable' ? (
              <FaultNote fault={asFault(problem)} />
            ) : (
              <Remark fault={asFault(problem)} />
            )}
          </li>
        ))}
      </ul>
      <Pager page={page} pageSize={PAGE} total={total} onPage={setPage} />
    </div>
  )
}
