import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { useLabelName } from '#renderer/app/label-names'
import { ErrorState } from '#renderer/ui/error-state'
import { useFormat } from '#renderer/ui/format'
import type { LabelCount } from '#shared/contract/scoring'
import type { Job } from '#shared/domain/job'
import classes from './job-counts.module.css'
import { saveCsv } from './save-csv'

/** How often each label was found over the whole job; the same figures are in counts.csv of the report. */
export function JobCounts({ job }: { job: Job }) {
  const { t } = useTranslation('scoring')
  const counts = useQuery(
    api.scoring.counts.queryOptions({
      input: { jobId: job.id },
      refetchInterval: job.state === 'running' ? 3_000 : false,
      staleTime: 0,
    }),
  )
  const nameOf = useLabelName()
  if (counts.isError) return <ErrorState fault={faultFrom(counts.error)} onRetry={() => counts.refetch()} />
  if (!counts.data) return null
  if (counts.data.length === 0) return <p className="quiet">{t('counts.none')}</p>
  const tables = [...Map.groupBy(counts.data, ({ model, kind }) => `${model} ${kind}`).values()]
  const save = () =>
    saveCsv(`${job.title} ${t('counts.file')}.csv`, [
      [t('counts.model'), t('counts.label'), t('counts.name'), t('counts.count'), t('counts.images')],
      ...counts.data.map((one) => [one.model, one.label, nameOf(one.label), one.count, one.images]),
    ])
  return (
    <div className={classes.counts}>
      {tables.map((rows) => (
        <Table
          key={`${rows[0]?.model} ${rows[0]?.kind}`}
          rows={rows}
          nameOf={nameOf}
          several={tables.length > 1}
        />
      ))}
      <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={save}>
        {t('counts.save')}
      </Button>
    </div>
  )
}

interface TableProps {
  rows: readonly LabelCount[]
  nameOf: (label: string) => string
  /** Names the model above each table. */
  several: boolean
}

function Table({ rows, nameOf, several }: TableProps) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const kind = rows[0]?.kind ?? 'findings'
  const most = Math.max(...rows.map(({ count }) => count))
  const total = rows.reduce((sum, { count }) => sum + count, 0)
  return (
    <table className={classes.table}>
      {several && <caption>{rows[0]?.model}</caption>}
      <thead>
        <tr>
          <th scope="col">{t('counts.label')}</th>
          <th scope="col" className={classes.figure}>
            {t(`counts.kind.${kind}`)}
          </th>
          {kind !== 'images' && (
            <th scope="col" className={classes.figure}>
              {t('counts.images')}
            </th>
          )}
          <th scope="col" className={classes.figure}>
            {t('counts.meanScore')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, count, images, meanScore }) => (
          <tr key={label}>
            <th scope="row">
              <span className={classes.bar} style={{ width: `${(count / most) * 100}%` }} aria-hidden />
              <span className={classes.name}>{nameOf(label)}</span>
            </th>
            <td className={classes.figure}>{format.whole(count)}</td>
            {kind !== 'images' && <td className={classes.figure}>{format.whole(images)}</td>}
            <td className={classes.figure}>{meanScore === null ? '' : format.score(meanScore)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('counts.labels', { count: rows.length })}</th>
          <td className={classes.figure}>{format.whole(total)}</td>
          {kind !== 'images' && <td />}
          <td />
        </tr>
      </tfoot>
    </table>
  )
}
