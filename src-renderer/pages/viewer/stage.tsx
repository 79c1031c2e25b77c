import { Loader } from '@mantine/core'
import { type RefObject, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FaultNote } from '#renderer/ui/fault-note'
import type { Predictions } from '#renderer/viewer/overlay/predictions'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import { Viewport, type ViewportHandle } from '#renderer/viewer/viewport'
import type { SeriesCard, SeriesImage } from '#shared/contract/library'
import { Corners } from './corners'
import { SliceSlider } from './slice-slider'
import classes from './stage.module.css'
import { StageMessage } from './stage-message'

interface Props {
  images: readonly SeriesImage[] | undefined
  series: SeriesCard | null
  /** Place in the stack to open at. */
  start: number
  predictions: RefObject<Predictions | null>
  handle: RefObject<ViewportHandle | null>
}

/** The picture with everything that lies over it. Text over a picture is light on dark in either theme. */
export function Stage({ images, series, start, predictions, handle }: Props) {
  const { t } = useTranslation(['viewer', 'common'])
  const failed = useViewer((state) => (state.failed?.index === state.index ? state.failed : null))
  const contextLost = useViewer((state) => state.contextLost)

  return (
    <div className={classes.stage}>
      <div className={classes.picture}>
        <Viewport
          images={images}
          modality={series?.modality ?? null}
          start={start}
          predictions={predictions}
          handle={handle}
          label={t('picture')}
        />
        {series && <Corners series={series} />}
        {failed ? (
          <StageMessage action={t('common:tryAgain')} onAction={() => handle.current?.retry()} covering>
            <FaultNote fault={failed.fault} />
          </StageMessage>
        ) : (
          <Waiting />
        )}
        {contextLost && (
          <StageMessage
            action={t('failure.dismiss')}
            onAction={() => useViewer.setState({ contextLost: false })}
          >
            {t('failure.contextLost')}
          </StageMessage>
        )}
      </div>
      <SliceSlider />
    </div>
  )
}

/** A sign that the picture asked for is on its way; only if that takes long enough to be noticed. */
function Waiting() {
  const { t } = useTranslation('viewer')
  const waiting = useViewer(({ drawn, index }) => drawn?.index !== index)
  const [long, setLong] = useState(false)
  useEffect(() => {
    if (!waiting) return setLong(false)
    const timer = setTimeout(() => setLong(true), 300)
    return () => clearTimeout(timer)
  }, [waiting])
  if (!waiting || !long) return null
  return (
    <div className={classes.waiting} role="status" aria-label={t('stack.loading')}>
      <Loader size="sm" color="white" />
    </div>
  )
}
