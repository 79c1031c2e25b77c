import { useTranslation } from 'react-i18next'
import { goToIn, type Viewer } from '#renderer/viewer/state/viewer'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import classes from './slice-slider.module.css'

/** The place in the stack, as a slider down the right edge of the picture. */
export function SliceSlider({ viewer }: { viewer: Viewer }) {
  const { t } = useTranslation('viewer')
  const count = useViewer((state) => state.count)
  const index = useViewer((state) => state.index)
  return (
    <div className={classes.track}>
      <input
        type="range"
        className={classes.slider}
        aria-label={t('stack.slider')}
        aria-valuetext={`${index + 1} / ${count}`}
        min={1}
        max={Math.max(1, count)}
        value={index + 1}
        disabled={count < 2}
        onChange={(event) => goToIn(viewer, Number(event.currentTarget.value) - 1)}
        // The page's own keys move by slices and by tens; the native ones would do it a second time.
        onKeyDown={(event) => event.preventDefault()}
      />
    </div>
  )
}
