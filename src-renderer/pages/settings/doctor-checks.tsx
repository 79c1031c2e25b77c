import { IconAlertTriangle, IconCheck, IconMinus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useProviderName } from '#renderer/app/provider-names'
import { useFormat } from '#renderer/ui/format'
import type { DoctorReport } from '#shared/contract/system'
import type { Fault } from '#shared/domain/fault'
import classes from './doctor.module.css'

/** What was looked at: database, engine, every provider and every model, each with its reason where it is not well. */
export function DoctorChecks({ report }: { report: DoctorReport }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const providerName = useProviderName()
  const { data, engine, providers, models } = report
  return (
    <>
      <ul className={classes.checks}>
        <Check state={data.integrity === 'ok' ? 'ok' : 'bad'} name={t(`doctor.database.${data.integrity}`)} />
        <Check
          state={engine.running ? 'ok' : 'off'}
          name={engine.running ? t('doctor.engine.running') : t('doctor.engine.idle')}
          why={engine.restarts > 0 && t('doctor.engine.restarts', { count: engine.restarts })}
        />
      </ul>
      <h3 className={classes.heading}>{t('doctor.providers')}</h3>
      <ul className={classes.checks}>
        {providers.map(({ provider, available, fault }) => (
          <Check
            key={provider}
            state={available ? 'ok' : 'off'}
            name={`${providerName(provider)}: ${available ? t('doctor.available') : t('doctor.unavailable')}`}
            why={fault && <Why fault={fault} />}
          />
        ))}
      </ul>
      <h3 className={classes.heading}>{t('doctor.models')}</h3>
      <ul className={classes.checks}>
        {models.map((model) => {
          const trial = model.trials.find((one) => one.provider === model.chosen)
          const where = model.chosen && providerName(model.chosen)
          const time = trial?.milliseconds && format.milliseconds(trial.milliseconds)
          return (
            <Check
              key={`${model.id}@${model.version}`}
              state={model.fault ? 'bad' : model.chosen ? 'ok' : 'off'}
              name={[`${model.id} ${model.version}`, where ?? t('doctor.untried'), time]
                .filter(Boolean)
                .join(' · ')}
              why={model.fault && <Why fault={model.fault} />}
            />
          )
        })}
        {models.length === 0 && <Check state="bad" name={t('doctor.noModels')} />}
      </ul>
    </>
  )
}

function Why({ fault }: { fault: Fault }) {
  const { t } = useTranslation(['settings', 'errors', 'common'])
  const details = [
    fault.expected && t('common:fault.named', { name: t('common:fault.expected'), value: fault.expected }),
    fault.received && t('common:fault.named', { name: t('common:fault.received'), value: fault.received }),
    fault.remedy,
  ]
  return [t(`errors:${fault.code}`), details.filter(Boolean).join(' · ')].filter(Boolean).join(' ')
}

interface CheckProps {
  state: 'ok' | 'bad' | 'off'
  name: string
  why?: ReactNode
}

function Check({ state, name, why }: CheckProps) {
  const Sign = state === 'ok' ? IconCheck : state === 'bad' ? IconAlertTriangle : IconMinus
  return (
    <li className={classes.check} data-state={state}>
      <Sign aria-hidden />
      <span>{name}</span>
      {why && <span className={classes.why}>{why}</span>}
    </li>
  )
}
