import { Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AnnotationLayer } from '#renderer/annotate/layer/annotation-layer'
import { faultFrom } from '#renderer/app/fault'
import { FaultNote } from '#renderer/ui/fault-note'
import type { Pane } from '#renderer/viewer/state/panes'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import { Viewport } from '#renderer/viewer/viewport'
import type { SeriesCard, SeriesImage } from '#shared/contract/library'
import { Corners } from './corners'
import { SliceSlider } from './slice-slider'
import classes from './stage.module.css'
import { StageMessage } from './stage-message'
import { usePictureFirst } from './use-picture-first'
import { isPhotographs } from './use-study'

interface Props {
  pane: Pane
  images: readonly SeriesImage[] | undefined
  series: SeriesCard | null
  /** Place in the stack to open at. */
  start: number
  /** Why the list of images could not be had. */
  error: Error | null
  onRetry: () => void
}

/** The picture with everything that lies over it. Text over a picture is light on dark in either theme. */
export function Stage({ pane, images, series, start, error, onRetry }: Props) {
  const { t } = useTranslation(['viewer', 'common'])
  const failed = useViewer((state) => (state.failed?.index === state.index ? state.failed : null))
  const begun = usePictureFirst()
  const contextLost = useViewer((state) => state.contextLost)

  return (
    <div className={classes.stage}>
      <div className={classes.picture}>
        <Viewport
          viewer={pane.viewer}
          images={images}
          modality={series?.modality ?? null}
          start={start}
          predictions={pane.predictions}
          handle={pane.handle}
          label={t('picture')}
        >
          {begun && series && (
            <AnnotationLayer
              viewer={pane.viewer}
              studyId={series.studyId}
              seriesId={series.id}
              photographs={isPhotographs(series)}
              images={images}
            />
          )}
        </Viewport>
        {series && <Corners series={series} />}
        {error ? (
          <StageMessage action={t('common:tryAgain')} onAction={onRetry} covering>
            <FaultNote fault={faultFrom(error)} />
          </StageMessage>
        ) : failed ? (
          <StageMessage action={t('common:tryAgain')} onAction={() => pane.handle.current?.retry()} covering>
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
      <SliceSlider viewer={pane.viewer} />
    </div>
  )
}

/** A sign that the picture asked for is on its way; only if that takes long enough to be noticed. */
function Waiting() {
  const { t } = useTranslation('viewer')
  const waiting = useViewer(({ drawn, index, count }) => count > 0 && drawn?.index !== index)
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
