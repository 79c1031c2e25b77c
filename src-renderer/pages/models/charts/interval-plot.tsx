import { useTranslation } from 'react-i18next'
import { useFigureName } from '#renderer/app/figure-name'
import { useFormat } from '#renderer/ui/format'
import { withoutGains } from '#shared/domain/model-manifest/flip-gains'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import classes from './charts.module.css'

type Metric = ModelManifest['metrics'][number]

/** Each metric as a point with its interval on its own axis from 0, and in figures; grouped by what it was found on. What mirror images gain has a table of its own. */
export function IntervalPlot({ manifest }: { manifest: ModelManifest }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const metricName = useFigureName(manifest)
  const metrics = withoutGains(manifest.metrics)
  const sets = [...new Set(metrics.map((metric) => metric.set ?? ''))]
  const levels = [...new Set(metrics.flatMap((metric) => metric.level ?? []))]
  return (
    <>
      <table className={classes.metrics}>
        {sets.map((set) => (
          <tbody key={set}>
            {set && (
              <tr>
                <th scope="rowgroup" colSpan={4} className={classes.set}>
                  {set}
                </th>
              </tr>
            )}
            {metrics
              .filter((metric) => (metric.set ?? '') === set)
              .map((metric) => (
                <tr key={metric.name}>
                  <th scope="row">{metricName(metric.name)}</th>
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
                  <td className="quiet">
                    {metric.n !== undefined && `n = ${format.whole(metric.n)} ${metric.unit ?? ''}`}
                  </td>
                </tr>
              ))}
          </tbody>
        ))}
      </table>
      {levels.map((level) => (
        <p key={level} className={classes.level}>
          {t('metrics.level', { level: format.percent(level) })}
        </p>
      ))}
    </>
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
  const at = (value: number) => 16 + (Math.max(0, value) / end) * (WIDTH - 36)
  return (
    <svg className={classes.whisker} viewBox={`0 0 ${WIDTH} 24`} aria-hidden="true">
      <line className={classes.axis} x1={at(0)} x2={at(end)} y1="12" y2="12" />
      {[0, end / 2, end].map((tick) => (
        <line key={tick} className={classes.axis} x1={at(tick)} x2={at(tick)} y1="8" y2="16" />
      ))}
      <text className={classes.tick} x={at(0) - 6} y="15" textAnchor="end">
        0
      </text>
      <text className={classes.tick} x={at(end) + 6} y="15">
        {end}
      </text>
      {metric.interval && (
        <line
          className={classes.interval}
          x1={at(metric.interval[0])}
          x2={at(metric.interval[1])}
          y1="12"
          y2="12"
        />
      )}
      <rect className={classes.point} x={at(metric.value) - 1.5} y="5" width="3" height="14" rx="1.5" />
    </svg>
  )
}
