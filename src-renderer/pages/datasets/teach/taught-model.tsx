import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { useBilingual } from '#renderer/app/label-names'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import classes from './teach.module.css'

/** What became of it: the figures with their intervals, and how they came about. */
export function TaughtModel({ id, version }: { id: string; version: string }) {
  const { t } = useTranslation('datasets')
  const format = useFormat()
  const inLanguage = useBilingual()
  const model = useQuery(api.models.get.queryOptions({ input: { id, version }, staleTime: 0 }))
  if (model.isError) return <FaultNote fault={faultFrom(model.error)} />
  if (!model.data) return null
  const { manifest, active } = model.data
  return (
    <>
      <p>
        <b>{t('teach.installed', { name: inLanguage(manifest.name), version })}</b>{' '}
        {t(active ? 'teach.inUse' : 'teach.notInUse')}
      </p>
      <dl className={classes.figures}>
        {manifest.metrics.map(({ name, value, interval }) => (
          <div key={name}>
            <dt>{t(name === 'top-1' ? 'teach.accuracy' : 'teach.recall')}</dt>
            <dd>
              <b>{format.score(value)}</b>
              {interval && (
                <span>
                  {t('teach.interval', { low: format.score(interval[0]), high: format.score(interval[1]) })}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {manifest.taught && <p>{t(`teach.judged.${manifest.taught.judgedBy}`)}</p>}
      <p className="quiet">{t('teach.others')}</p>
    </>
  )
}
