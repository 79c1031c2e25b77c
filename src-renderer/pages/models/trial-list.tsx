import { IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useProviderName } from '#renderer/app/provider-names'
import { Chip } from '#renderer/ui/chip'
import { useFormat } from '#renderer/ui/format'
import type { InstalledModel } from '#shared/contract/models'
import type { ProviderTrial } from '#shared/domain/provider'
import classes from './trial-list.module.css'

/** A reason longer than this, in characters, is a program's own words and is folded away. */
const LONG = 100

const small = (value: number) => (value === 0 ? '0' : value.toExponential(1))

/** Where a model was tried on this computer: passed with its time, or refused with the reason; the chosen one is marked. */
export function TrialList({ model }: { model: InstalledModel }) {
  const { t } = useTranslation('models')
  if (model.trials.length === 0) return <p className="quiet">{t('trials.none')}</p>
  return (
    <ul className={classes.trials} aria-label={t('trials.title')}>
      {model.trials.map((trial) => (
        <Trial key={trial.provider} trial={trial} chosen={trial.provider === model.chosen} />
      ))}
    </ul>
  )
}

function Trial({ trial, chosen }: { trial: ProviderTrial; chosen: boolean }) {
  const { t } = useTranslation(['models', 'errors'])
  const format = useFormat()
  const providerName = useProviderName()
  const { fault } = trial
  return (
    <li className={classes.trial} data-passed={trial.passed}>
      <span className={classes.sign}>{trial.passed ? <IconCheck aria-hidden /> : <IconX aria-hidden />}</span>
      <b>{providerName(trial.provider)}</b>
      <span className={classes.result}>
        {trial.passed ? t('trials.passed') : t('trials.refused')}
        {trial.milliseconds !== null && ` · ${format.milliseconds(trial.milliseconds)}`}
        {trial.maxDifference !== null &&
          ` · ${t('trials.difference', { value: small(trial.maxDifference) })}`}
      </span>
      {chosen && <Chip tone="accent">{t('trials.chosen')}</Chip>}
      {fault && (
        <div className={classes.why}>
          <p>
            {[
              trial.passed ? t('trials.notChosen') : t(`errors:${fault.code}`),
              fault.expected && t('trials.expected', { what: fault.expected }),
            ]
              .filter(Boolean)
              .join(' ')}
          </p>
          {fault.received.length > LONG ? (
            <details>
              <summary>{t('trials.details')}</summary>
              <code>{fault.received}</code>
            </details>
          ) : (
            fault.received && <p>{t('trials.received', { what: fault.received })}</p>
          )}
          {fault.remedy && <p>{fault.remedy}</p>}
        </div>
      )}
    </li>
  )
}
