import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { ErrorState } from '#renderer/ui/error-state'
import { useFormat } from '#renderer/ui/format'
import { Panel } from '#renderer/ui/panel'
import type { DataSet } from '#shared/contract/datasets'
import page from '../dataset-page.module.css'
import { Bars } from './bars'
import { HeatMap } from './heat-map'
import classes from './statistics.module.css'

/** What the set is made of; every bar and cell leads to its pictures. */
export default function StatisticsTab({ set }: { set: DataSet }) {
  const { t } = useTranslation('datasets')
  const format = useFormat()
  const query = useQuery(api.datasets.statistics.queryOptions({ input: { dataSetId: set.id }, staleTime: 0 }))
  if (query.isError) return <ErrorState fault={faultFrom(query.error)} onRetry={() => query.refetch()} />
  const figures = query.data
  if (!figures) return null
  const { images, annotated, annotations, subjects } = figures
  const heads = [
    [t('statistics.images'), images],
    [t('statistics.annotated'), annotated],
    [t('statistics.annotations'), annotations],
    [t('statistics.subjects'), subjects],
  ] as const
  const labels = figures.labels.map((one) => ({ name: one.name, count: one.annotations }))
  return (
    <div className={page.parts}>
      <dl className={classes.heads}>
        {heads.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{format.whole(value)}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.panels}>
        <Panel title={t('statistics.annotationsOf')}>
          <Bars facet="label" bars={labels} />
        </Panel>
        {annotations > 0 && (
          <Panel title={t('statistics.positions')}>
            <HeatMap heat={figures.heat} />
            <p className="quiet">{t('statistics.positionsHint')}</p>
          </Panel>
        )}
        <Panel title={t('statistics.sizes')}>
          <Bars facet="shape" bars={figures.shapeSizes} />
        </Panel>
        <Panel title={t('statistics.readers')}>
          <Bars facet="reader" bars={figures.readers} />
        </Panel>
        <Panel title={t('statistics.kinds')}>
          <Bars facet="kind" bars={figures.kinds} />
        </Panel>
        <Panel title={t('statistics.states')}>
          <Bars facet="state" bars={figures.states} />
        </Panel>
        <Panel title={t('statistics.sexes')}>
          <Bars facet="sex" bars={figures.sexes} />
        </Panel>
        <Panel title={t('statistics.ages')}>
          <Bars facet="age" bars={figures.ages} />
        </Panel>
        <Panel title={t('statistics.devices')}>
          <Bars facet="device" bars={figures.devices} />
        </Panel>
        <Panel title={t('statistics.subjects')}>
          <Bars facet="subject" bars={figures.subjectSizes} />
        </Panel>
        <Panel title={t('statistics.pictureSizes')}>
          <Bars facet="size" bars={figures.pictureSizes} />
        </Panel>
      </div>
    </div>
  )
}
