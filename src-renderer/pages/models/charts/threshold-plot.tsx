import { useTranslation } from 'react-i18next'
import { useFigureName } from '#renderer/app/figure-name'
import { useFormat } from '#renderer/ui/format'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import classes from './charts.module.css'
import { Figures } from './figures'
import { atX, atY, Frame, pathThrough } from './frame'
import { thresholdLines } from './threshold-lines'

/** A line's colour and dashes; more figures than looks begin again. */
const looks = [classes.line, classes.second, classes.third, classes.fourth, classes.fifth]

/** What a lower or higher threshold buys and costs; the operating point is marked. */
export function ThresholdPlot({ manifest }: { manifest: ModelManifest }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const figureName = useFigureName(manifest)
  const table = manifest.thresholds ?? []
  const { threshold } = manifest.operatingPoint
  const lines = thresholdLines(table).map((line, place) => ({
    ...line,
    name: figureName(line.figure),
    look: looks[place % looks.length],
  }))
  const at = format.score(threshold)
  return (
    <figure className={classes.figure}>
      <Frame
        label={t('thresholds.label', { figures: lines.map(({ name }) => name).join(', '), threshold: at })}
        x={t('thresholds.threshold')}
        y={t('thresholds.value')}
      >
        <line className={classes.chosen} x1={atX(threshold)} x2={atX(threshold)} y1={atY(0)} y2={atY(1)} />
        {lines.map(({ figure, look, most, points }) => (
          <path
            key={figure}
            className={look}
            d={pathThrough(points.map((point) => [point.threshold, point.value / most]))}
          />
        ))}
      </Frame>
      <ul className={classes.legend}>
        {lines.map(({ figure, name, look, most }) => (
          <li key={figure}>
            <svg viewBox="0 0 24 8" aria-hidden="true">
              <line className={look} x1="0" x2="24" y1="4" y2="4" />
            </svg>
            {name}
            {most > 1 && ` (÷ ${most})`}
          </li>
        ))}
      </ul>
      <figcaption>{t('thresholds.caption', { threshold: at })}</figcaption>
      <Figures
        columns={[t('thresholds.threshold'), ...lines.map(({ name }) => name)]}
        rows={table.map((row) => [
          format.score(row.threshold),
          ...lines.map(({ figure }) => {
            const value = row[figure]
            return value === undefined ? '–' : format.score(value)
          }),
        ])}
      />
    </figure>
  )
}
