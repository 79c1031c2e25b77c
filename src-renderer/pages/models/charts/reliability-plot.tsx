import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import classes from './charts.module.css'
import { Figures } from './figures'
import { atX, atY, Frame, pathThrough } from './frame'

type Bins = NonNullable<ModelManifest['reliability']>['bins']

/** Stated probability against how often it was right; on the diagonal both agree. */
export function ReliabilityPlot({ bins, error }: { bins: Bins; error: number }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const filled = bins.filter((bin) => bin.count > 0)
  const most = Math.max(...filled.map((bin) => bin.count))
  return (
    <figure className={classes.figure}>
      <Frame
        label={t('reliability.label', { error: format.score(error) })}
        x={t('reliability.confidence')}
        y={t('reliability.accuracy')}
      >
        <path
          className={classes.ideal}
          d={pathThrough([
            [0, 0],
            [1, 1],
          ])}
        />
        <path className={classes.line} d={pathThrough(filled.map((bin) => [bin.confidence, bin.accuracy]))} />
        {filled.map((bin) => (
          <circle
            key={bin.confidence}
            className={classes.point}
            cx={atX(bin.confidence)}
            cy={atY(bin.accuracy)}
            r={2.5 + 3 * Math.sqrt(bin.count / most)}
          />
        ))}
      </Frame>
      <figcaption>{t('reliability.caption', { error: format.score(error) })}</figcaption>
      <Figures
        columns={[t('reliability.confidence'), t('reliability.accuracy'), t('reliability.count')]}
        rows={filled.map((bin) => [
          format.score(bin.confidence),
          format.score(bin.accuracy),
          format.whole(bin.count),
        ])}
      />
    </figure>
  )
}
