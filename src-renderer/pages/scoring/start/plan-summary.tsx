import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import type { ScoringRequest } from '#shared/contract/scoring'
import classes from './start-dialog.module.css'

/** What the request would do: images by model, and those left out by reason. Paths are only named: they are read when the job runs. */
export function PlanSummary({ request }: { request: ScoringRequest }) {
  const { t } = useTranslation(['scoring', 'common', 'errors'])
  const format = useFormat()
  const { target } = request
  const plan = useQuery(
    api.scoring.plan.queryOptions({
      input: request,
      staleTime: 0,
      placeholderData: keepPreviousData,
      enabled: target.kind !== 'paths',
    }),
  )
  if (target.kind === 'paths') {
    return (
      <div className={classes.plan}>
        <p>{t('start.pathsFirst')}</p>
        <ul className={classes.paths}>
          {target.paths.map((path) => (
            <li key={path}>
              <code>{path}</code>
            </li>
          ))}
        </ul>
      </div>
    )
  }
  if (plan.isError) return <FaultNote fault={faultFrom(plan.error)} />
  return (
    <div className={classes.plan} aria-busy={plan.isFetching} aria-live="polite">
      {!plan.data && <p className="quiet">{t('start.planning')}</p>}
      {plan.data?.models.map(({ model, images, series }) => (
        <p key={model} className={classes.fits}>
          <b>{model}</b>
          <span>
            {t('common:images', { count: images })} · {t('common:series', { count: series })}
          </span>
        </p>
      ))}
      {plan.data?.warned.map(({ fault, images }) => (
        <p key={`${fault.expected} ${fault.received}`} className={classes.skipped}>
          <span>
            {t('start.warned')}{' '}
            {`${t('common:fault.expected')}: ${fault.expected} · ${t('common:fault.received')}: ${fault.received}`}
          </span>
          <b>{t('common:images', { count: images })}</b>
        </p>
      ))}
      {plan.data?.models.length === 0 && <p>{t('start.nothingFits')}</p>}
      {plan.data?.skipped.map(({ fault, images }) => (
        <p key={`${fault.code} ${fault.expected} ${fault.received}`} className={classes.skipped}>
          <span>
            {t(`errors:${fault.code}`)}{' '}
            {[
              fault.expected && `${t('common:fault.expected')}: ${fault.expected}`,
              fault.received && `${t('common:fault.received')}: ${fault.received}`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <b>{t('start.skipped', { count: images, images: format.whole(images) })}</b>
        </p>
      ))}
    </div>
  )
}
