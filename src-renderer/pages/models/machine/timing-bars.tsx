import { useTranslation } from 'react-i18next'
import { useProviderName } from '#renderer/app/provider-names'
import { Chip } from '#renderer/ui/chip'
import { useFormat } from '#renderer/ui/format'
import type { InstalledModel } from '#shared/contract/models'
import classes from './machine.module.css'
import { timings } from './timings'

const small = (value: number) => (value === 0 ? '0' : value.toExponential(1))

/** A bar for each provider that passed: the median time of one golden run, and how far its answer was off. */
export function TimingBars({ model }: { model: InstalledModel }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const providerName = useProviderName()
  const groups = timings(model)
  if (groups.length === 0) return null
  return (
    <table className={classes.bars}>
      <thead>
        <tr>
          <th scope="col">{t('machine.provider')}</th>
          <th scope="col" colSpan={2}>
            {t('machine.time')}
          </th>
          <th scope="col">{t('machine.difference')}</th>
          <th aria-label={t('trials.chosen')} />
        </tr>
      </thead>
      {groups.map(({ precision, rows }) => (
        <tbody key={precision}>
          {rows.map(({ trial, share, chosen }) => (
            <tr key={trial.provider} data-chosen={chosen || undefined}>
              <th scope="row">
                {providerName(trial.provider)} <span className="quiet">{t(`precision.${precision}`)}</span>
              </th>
              <td className={classes.track}>
                <span className={classes.bar} style={{ width: `${Math.max(1, share * 100)}%` }} />
              </td>
              <td className={classes.time}>
                {trial.milliseconds === null ? '–' : format.milliseconds(trial.milliseconds)}
              </td>
              <td className="quiet">{trial.maxDifference === null ? '–' : small(trial.maxDifference)}</td>
              <td className={classes.sign}>{chosen && <Chip tone="accent">{t('trials.chosen')}</Chip>}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  )
}
