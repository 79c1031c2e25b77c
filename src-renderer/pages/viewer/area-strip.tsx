import { type PointerEvent, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import { goTo, useViewer } from '#renderer/viewer/state/viewer-store'
import type { SeriesCard } from '#shared/contract/library'
import type { SeriesFindings } from '#shared/contract/review'
import classes from './area-strip.module.css'
import { isPhotographs } from './use-study'

interface Props {
  series: SeriesCard
  findings: SeriesFindings | undefined
}

/** Lesion area of every slice; the way to where something is. Absent for photographs and for models without areas. */
export function AreaStrip({ series, findings }: Props) {
  const { t } = useTranslation('viewer')
  const areas = useAreas(series, findings)
  if (isPhotographs(series) || series.imageCount < 2) return null
  if (findings && (!findings.run.places || findings.run.task === 'detection')) return null
  return (
    <section className={classes.strip} aria-label={t('area.title')}>
      <header className={classes.head}>
        <h2>{t('area.title')}</h2>
        <Here areas={areas} scored={findings !== undefined} />
        <span className={classes.help}>{t('area.help')}</span>
      </header>
      <Bars areas={areas} />
    </section>
  )
}

interface Areas {
  /** By place in the stack, in the unit below. */
  values: Float64Array
  unit: 'mm²' | 'px'
}

function useAreas(series: SeriesCard, findings: SeriesFindings | undefined): Areas {
  return useMemo(() => {
    const predictions = findings?.predictions ?? []
    const measured = predictions.every(({ areaMm2, areaPx }) => areaMm2 !== null || areaPx === 0)
    const values = new Float64Array(series.imageCount)
    for (const { ordinal, areaMm2, areaPx } of predictions) {
      if (ordinal < values.length) values[ordinal] = measured ? (areaMm2 ?? 0) : areaPx
    }
    return { values, unit: measured ? 'mm²' : 'px' }
  }, [series.imageCount, findings])
}

function Here({ areas, scored }: { areas: Areas; scored: boolean }) {
  const { t } = useTranslation('viewer')
  const format = useFormat()
  const index = useViewer((state) => state.index)
  if (!scored) return null
  const area = areas.values[index] ?? 0
  const figure = area > 0 ? `${format.whole(area)} ${areas.unit}` : t('area.none')
  return <span className={classes.here}>{t('area.here', { slice: index + 1, area: figure })}</span>
}

function Bars({ areas }: { areas: Areas }) {
  const { t } = useTranslation('viewer')
  const index = useViewer((state) => state.index)
  const { values } = areas
  const bars = useMemo(() => barsPath(values), [values])

  const place = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    goTo(Math.floor(((event.clientX - left) / width) * values.length))
  }
  return (
    <div
      className={classes.bars}
      role="slider"
      tabIndex={0}
      aria-label={t('area.title')}
      aria-valuemin={1}
      aria-valuemax={values.length}
      aria-valuenow={index + 1}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        place(event)
      }}
      onPointerMove={(event) => event.buttons === 1 && place(event)}
    >
      <svg
        viewBox={`0 0 ${values.length} 1`}
        preserveAspectRatio="none"
        className={classes.chart}
        aria-hidden="true"
      >
        <path d={bars.ticks} className={classes.ticks} />
        <path d={bars.areas} className={classes.areas} />
      </svg>
      <span
        className={classes.marker}
        style={{ left: `${(index / values.length) * 100}%`, width: `${100 / values.length}%` }}
      />
    </div>
  )
}

/** Bars of one unit for each slice, the largest one high; a gap between them where there is room for it. */
function barsPath(values: Float64Array): { areas: string; ticks: string } {
  const largest = Math.max(...values, 0)
  const gap = values.length <= 200 ? 0.1 : 0
  let areas = ''
  let ticks = ''
  for (const [at, value] of values.entries()) {
    const left = at + gap
    const right = at + 1 - gap
    ticks += `M${left} 1V.98H${right}V1Z`
    if (value > 0) areas += `M${left} 1V${1 - Math.max(0.04, value / largest) * 0.98}H${right}V1Z`
  }
  return { areas, ticks }
}
