import { Slider, Switch } from '@mantine/core'
import { type RefObject, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import { Keys } from '#renderer/ui/keys'
import { lowestBox, type Predictions } from '#renderer/viewer/overlay/predictions'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import type { SeriesFindings } from '#shared/contract/review'
import { actions } from './actions'
import classes from './overlay-controls.module.css'

interface Props {
  findings: SeriesFindings
  predictions: RefObject<Predictions | null>
}

/** How predictions are drawn over the picture, and from which probability on. */
export function OverlayControls({ findings, predictions }: Props) {
  const { regionThreshold: operatingPoint, task } = findings.run
  const boxes = task === 'detection'
  const { t } = useTranslation('viewer')
  const format = useFormat()
  const shown = useViewer((state) => state.predictions)
  const opacity = useViewer((state) => state.opacity)
  const threshold = useViewer((state) => state.threshold) ?? operatingPoint
  const imageId = useViewer((state) => state.drawn?.image.id)
  const lowest = useMemo(() => lowestBox(findings), [findings])
  const missing = imageId !== undefined && (predictions.current?.missing(imageId) ?? false)
  const elsewhere = threshold !== operatingPoint
  const sentence = boxes ? 'overlay.boxes' : elsewhere ? 'overlay.elsewhere' : 'overlay.here'
  return (
    <section className={classes.controls} aria-label={t('overlay.title')}>
      <div className={classes.head}>
        <Switch
          size="xs"
          checked={shown}
          onChange={actions.togglePredictions}
          label={
            <span className={classes.switch}>
              {t('tools.predictions')} <Keys of="v" />
            </span>
          }
        />
      </div>
      <Line name={t('overlay.threshold')} value={format.score(threshold)}>
        <Slider
          size="xs"
          thumbLabel={t('overlay.threshold')}
          label={null}
          min={boxes ? lowest : 0.05}
          max={boxes ? 0.99 : 0.95}
          step={0.01}
          value={threshold}
          disabled={!shown}
          marks={[{ value: operatingPoint }]}
          onChange={(value) =>
            useViewer.setState({ threshold: Math.abs(value - operatingPoint) < 0.006 ? null : value })
          }
        />
      </Line>
      {!boxes && (
        <>
          <Line name={t('overlay.opacity')} value={format.percent(opacity)}>
            <Slider
              size="xs"
              thumbLabel={t('overlay.opacity')}
              label={null}
              min={0}
              max={1}
              step={0.05}
              value={opacity}
              disabled={!shown}
              onChange={(value) => useViewer.setState({ opacity: value })}
            />
          </Line>
          <div className={classes.line}>
            <span className={classes.name}>{t('overlay.show')}</span>
            <span className={classes.toggles}>
              <Toggle of="fill" />
              <Toggle of="contour" />
              <Toggle of="box" />
            </span>
          </div>
        </>
      )}
      <p className={classes.note} role="status">
        {missing
          ? t('findings.maskMissing')
          : t(sentence, {
              threshold: format.score(threshold),
              point: format.score(boxes ? lowest : operatingPoint),
            })}
      </p>
    </section>
  )
}

function Line({ name, value, children }: { name: string; value: string; children: React.ReactNode }) {
  return (
    <div className={classes.line}>
      <span className={classes.name}>{name}</span>
      <span className={classes.slider}>{children}</span>
      <span className={classes.value}>{value}</span>
    </div>
  )
}

function Toggle({ of }: { of: 'fill' | 'contour' | 'box' }) {
  const { t } = useTranslation('viewer')
  const on = useViewer((state) => state[of])
  const disabled = useViewer((state) => !state.predictions)
  return (
    <button
      type="button"
      className={classes.toggle}
      aria-pressed={on}
      disabled={disabled}
      onClick={() => useViewer.setState({ [of]: !on })}
    >
      {t(`overlay.${of}`)}
    </button>
  )
}
