import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { FaultNote } from '#renderer/ui/fault-note'
import { Remark } from '#renderer/ui/remark'
import classes from './exchange-dialog.module.css'

const SHOWN = 100

/** What a job that has ended wrote or took in, and what it left out or could not do, each with its reason. */
export function ExchangeProblems({ jobId, summary }: { jobId: number; summary: (files: number) => string }) {
  const { t } = useTranslation('exchange')
  const of = (state: 'done' | 'skipped' | 'failed', limit: number) => ({
    ...api.jobs.items.queryOptions({ input: { jobId, state, offset: 0, limit } }),
    staleTime: 0,
  })
  const done = useQuery(of('done', 1)).data
  const failed = useQuery(of('failed', SHOWN)).data
  const skipped = useQuery(of('skipped', SHOWN)).data
  if (!done || !failed || !skipped) return null
  const problems = [...failed.items, ...skipped.items]
  const more = failed.total + skipped.total - problems.length
  return (
    <>
      <p>
        <b>{summary(done.total)}</b>
      </p>
      {problems.length > 0 && (
        <section className={classes.parts}>
          <h3>{t('problems')}</h3>
          <ul className={classes.problems}>
            {problems.map(({ id, path, state, fault }) => (
              <li key={id}>
                <code>{path}</code>
                {fault && (state === 'failed' ? <FaultNote fault={fault} /> : <Remark fault={fault} />)}
              </li>
            ))}
          </ul>
          {more > 0 && <p className="quiet">{t('more', { count: more })}</p>}
        </section>
      )}
    </>
  )
}
