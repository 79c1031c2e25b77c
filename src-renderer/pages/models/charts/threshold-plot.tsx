import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import classes from './charts.module.css'
import { Figures } from './figures'
import { atX, atY, Frame, pathThrough } from './frame'

type Points = NonNullable<ModelManifest['thresholds']>

/** What a lower or higher threshold buys and costs; the operating point is marked. */
export function ThresholdPlot({ points, operatingPoint }: { points: Points; operatingPoint: number }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const most = Math.max(1, Math.ceil(Math.max(...points.map((point) => point.falseLesions))))
  const lines = [
    { key: 'dice', look: classes.line, share: (point: Points[number]) => point.dice },
    { key: 'sensitivity', look: classes.second, share: (point: Points[number]) => point.sensitivity },
    { key: 'falseLesions', look: classes.third, share: (point: Points[number]) => point.falseLesions / most },
  ] as const
  return (
    <figure className={classes.figure}>
      <Frame
        label={t('thresholds.label', { threshold: format.score(operatingPoint) })}
        x={t('thresholds.threshold')}
        y={t('thresholds.share')}
      >
        <line
          className={classes.chosen}
          x1={atX(operatingPoint)}
          x2={atX(operatingPoint)}
          y1={atY(0)}
          y2={atY(1)}
        />
        {lines.map(({ key, look, share }) => (
          <path
            key={key}
            className={look}
            d={pathThrough(points.map((point) => [point.threshold, share(point)]))}
          />
        ))}
      </Frame>
      <ul className={classes.legend}>
        {lines.map(({ key, look }) => (
          <li key={key}>
            <svg viewBox="0 0 24 8" aria-hidden="true">
              <line className={look} x1="0" x2="24" y1="4" y2="4" />
            </svg>
            {t(`thresholds.${key}`)}
            {key === 'falseLesions' && most > 1 && ` (÷ ${most})`}
          </li>
        ))}
      </ul>
      <figcaption>{t('thresholds.caption', { threshold: format.score(operatingPoint) })}</figcaption>
      <Figures
        columns={[
          t('thresholds.threshold'),
          t('thresholds.dice'),
          t('thresholds.sensitivity'),
          t('thresholds.falseLesions'),
        ]}
        rows={points.map((point) => [
          format.score(point.threshold),
          format.score(point.dice),
          format.score(point.sensitivity),
          format.score(point.falseLesions),
        ])}
      />
    </figure>
  )
}
