import { Loader, Slider, Switch } from '@mantine/core'
import { skipToken, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { faultFrom } from '#renderer/app/fault'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import { readHeat } from '#renderer/viewer/overlay/heat'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import type { ImagePrediction } from '#shared/contract/review'
import classes from './overlay-controls.module.css'

interface Props {
  prediction: ImagePrediction
  /** The class whose probability is explained; null: none. */
  label: string | null
  nameOf: (label: string) => string
  onToggle: (on: boolean) => void
}

/** Lays over the picture where the probability of a class comes from, and says what that is and is not. */
export function ExplanationControls({ prediction, label, nameOf, onToggle }: Props) {
  const { t } = useTranslation('viewer')
  const format = useFormat()
  const shown = useViewer((state) => state.predictions)
  const opacity = useViewer((state) => state.heatOpacity)
  const heat = useHeat(prediction, label)
  return (
    <section className={classes.controls} aria-label={t('explanation.title')}>
      <div className={classes.head}>
        <Switch
          size="xs"
          checked={label !== null}
          disabled={!shown}
          onChange={(event) => onToggle(event.currentTarget.checked)}
          label={label === null ? t('explanation.title') : t('explanation.of', { label: nameOf(label) })}
        />
        {heat.isFetching && <Loader size={14} aria-label={t('explanation.loading')} />}
      </div>
      {label !== null && (
        <>
          <div className={classes.line}>
            <span className={classes.name}>{t('overlay.opacity')}</span>
            <span className={classes.slider}>
              <Slider
                size="xs"
                thumbLabel={t('explanation.opacity')}
                label={null}
                min={0}
                max={1}
                step={0.05}
                value={opacity}
                disabled={!shown}
                onChange={(value) => useViewer.setState({ heatOpacity: value })}
              />
            </span>
            <span className={classes.value}>{format.percent(opacity)}</span>
          </div>
          {heat.error && <FaultNote fault={faultFrom(heat.error)} />}
          <p className={classes.note} role="status">
            {heat.isFetching
              ? t('explanation.loading')
              : heat.data &&
                t(
                  heat.data.method === 'activation' ? 'explanation.byActivation' : 'explanation.byOcclusion',
                  {
                    label: nameOf(label),
                  },
                )}
          </p>
        </>
      )}
    </section>
  )
}

/** Hands the explanation to the overlay while it is wanted; it is kept, for it takes long to make. */
function useHeat({ predictionId, imageId }: ImagePrediction, label: string | null) {
  const query = useQuery({
    queryKey: ['explanation', predictionId, label],
    queryFn: label === null ? skipToken : () => readHeat(predictionId, imageId, label),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const heat = label === null ? null : (query.data ?? null)
  useEffect(() => {
    useViewer.setState({ heat })
    return () => useViewer.setState({ heat: null })
  }, [heat])
  return query
}
