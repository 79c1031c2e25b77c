import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import type { ModelManifest } from '#shared/domain/model-manifest'
import { texts } from '#shared/text/index'
import classes from './charts.module.css'

type Metric = ModelManifest['metrics'][number]

const isNamed = (name: string): name is keyof typeof texts.en.models.metrics.name =>
  name in texts.en.models.metrics.name

/** Each metric as a point with its interval on its own axis from 0, and in figures beside it. */
export function IntervalPlot({ metrics }: { metrics: readonly Metric[] }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  return (
    <table className={classes.metrics}>
      <thead>
        <tr>
          <th>{t('metrics.metric')}</th>
          <th colSpan={2}>{t('metrics.value')}</th>
          <th>{t('metrics.on')}</th>
        </tr>
      </thead>
      <tbody>
        {metrics.map((metric) => (
          <tr key={`${metric.name} ${metric.set}`}>
            <th scope="row">{isNamed(metric.name) ? t(`metrics.name.${metric.name}`) : metric.name}</th>
            <td className={classes.value}>
              <b>{format.score(metric.value)}</b>
              {metric.interval && (
                <span className="quiet">
                  {' '}
                  {format.score(metric.interval[0])} – {format.score(metric.interval[1])}
                </span>
              )}
            </td>
            <td>
              <Whisker metric={metric} />
            </td>
            <td className={classes.set}>
              {[
                metric.n !== undefined && `n = ${format.whole(metric.n)} ${metric.unit ?? ''}`.trim(),
                metric.set,
              ]
                .filter(Boolean)
                .join(' · ')}
              {metric.level !== undefined &&
                ` · ${t('metrics.level', { level: format.percent(metric.level) })}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const WIDTH = 200

/** End of an axis that starts at 0 and holds the interval. */
function axisEnd(metric: Metric): number {
  const most = Math.max(metric.value, metric.interval?.[1] ?? 0)
  return most <= 1 ? 1 : Math.ceil(most)
}

function Whisker({ metric }: { metric: Metric }) {
  const end = axisEnd(metric)
  const at = (value: number) => 8 + (Math.max(0, value) / end) * (WIDTH - 16)
  return (
    <svg className={classes.whisker} viewBox={`0 0 ${WIDTH} 24`} aria-hidden="true">
      <line className={classes.axis} x1={at(0)} x2={at(end)} y1="12" y2="12" />
      {[0, end / 2, end].map((tick) => (
        <line key={tick} className={classes.axis} x1={at(tick)} x2={at(tick)} y1="8" y2="16" />
      ))}
      {metric.interval && (
        <line
          className={classes.interval}
          x1={at(metric.interval[0])}
          x2={at(metric.interval[1])}
          y1="12"
          y2="12"
        />
      )}
      <circle className={classes.point} cx={at(metric.value)} cy="12" r="4.5" />
    </svg>
  )
}
