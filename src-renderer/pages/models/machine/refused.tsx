import { useTranslation } from 'react-i18next'
import { useProviderName } from '#renderer/app/provider-names'
import type { ModelTrial } from '#shared/contract/models'
import classes from './machine.module.css'
import { refusals } from './timings'

/** Providers that refused the model, folded away behind their names; each with its reason. */
export function Refused({ trials }: { trials: readonly ModelTrial[] }) {
  const { t, i18n } = useTranslation(['models', 'errors'])
  const providerName = useProviderName()
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction', style: 'narrow' })
  const all = refusals({ trials: [...trials] })
  if (all.length === 0) return null
  return (
    <details className={classes.refused}>
      <summary>
        {t('machine.refused', {
          providers: list.format([...new Set(all.map(({ trial }) => providerName(trial.provider)))]),
        })}
      </summary>
      <ul>
        {all.map(({ trial: { provider, precision, fault }, precisions }) => (
          <li key={`${provider} ${precision}`}>
            <b>
              {providerName(provider)}
              {precisions.length > 0 && ` ${list.format(precisions.map((name) => t(`precision.${name}`)))}`}
            </b>{' '}
            {fault && t(`errors:${fault.code}`)}{' '}
            {fault?.expected && t('trials.expected', { what: fault.expected })}{' '}
            {fault?.received && <span className={classes.received}>{fault.received}</span>} {fault?.remedy}
          </li>
        ))}
      </ul>
    </details>
  )
}
