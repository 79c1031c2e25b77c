import { Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { FaultNote } from '#renderer/ui/fault-note'
import type { FoundSeries, FoundStudy } from '#shared/contract/sources'
import type { Source } from '#shared/domain/source'
import { HeldChip } from './held-chip'
import type { Chosen } from './study-table'
import classes from './study-table.module.css'

interface Props {
  source: Source
  study: FoundStudy
  chosen: Chosen
  onChosen: (chosen: Chosen) => void
}

/** The series of a study under its line; choosing one of them leaves the others out. */
export function SeriesRows({ source, study, chosen, onChosen }: Props) {
  const { t } = useTranslation(['sources', 'common'])
  const input = { sourceId: source.id, studyUid: study.uid }
  const series = useQuery(api.sources.series.queryOptions({ input }))
  const whole = chosen.has(study.uid)
  const keyOf = ({ uid }: FoundSeries) => `${study.uid}/${uid}`
  const choose = (one: FoundSeries, on: boolean) => {
    const next = new Map(chosen)
    // a study that was chosen whole becomes all of its series but this one
    if (next.delete(study.uid)) {
      for (const other of series.data ?? [])
        next.set(keyOf(other), { studyUid: study.uid, seriesUid: other.uid })
    }
    if (on) next.set(keyOf(one), { studyUid: study.uid, seriesUid: one.uid })
    else next.delete(keyOf(one))
    onChosen(next)
  }
  if (!series.data) {
    return (
      <tr>
        <td colSpan={9} className={classes.note}>
          {series.isError ? <FaultNote fault={faultFrom(series.error)} /> : t('common:loading')}
        </td>
      </tr>
    )
  }
  return series.data.map((one) => (
    <tr key={one.uid} className={classes.series}>
      <td />
      <td>
        <Checkbox
          size="xs"
          aria-label={t('table.choose', { name: one.description ?? one.uid })}
          checked={whole || chosen.has(keyOf(one))}
          onChange={(event) => choose(one, event.currentTarget.checked)}
        />
      </td>
      <td colSpan={3}>{t('table.seriesNumber', { number: one.number ?? '–' })}</td>
      <td>{one.modality}</td>
      <td className={classes.text}>{one.description}</td>
      <td className={classes.number}>{one.instanceCount}</td>
      <td>
        <HeldChip held={one.held} of={one.instanceCount} />
      </td>
    </tr>
  ))
}
