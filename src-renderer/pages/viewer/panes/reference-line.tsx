import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { usePanes } from '#renderer/viewer/state/panes'
import type { Viewer } from '#renderer/viewer/state/viewer'
import { toScreen } from '#renderer/viewer/view/view-state'
import { crossingLine } from '#shared/geometry/slice-plane'
import classes from './panes.module.css'

/** Where the slice of the active pane cuts the picture of this one. */
export function ReferenceLine({ viewer }: { viewer: Viewer }) {
  const { t } = useTranslation('viewer')
  const shown = usePanes(({ links }) => links.lines)
  const active = usePanes(({ panes, active }) => panes[active].viewer)
  const cut = useStore(active, (state) => state.drawn)
  const drawn = useStore(viewer, (state) => state.drawn)
  const frame = useStore(viewer, (state) => state.frameOfReference)
  const other = useStore(active, (state) => state.frameOfReference)
  if (!shown || active === viewer || !cut || !drawn || frame === null || frame !== other) return null
  const line = crossingLine(cut.image, drawn.image)
  if (!line) return null
  const [[x1, y1], [x2, y2]] = [toScreen(drawn.affine, line[0]), toScreen(drawn.affine, line[1])]
  return (
    <svg className={classes.lines} role="img" aria-label={t('panes.line')}>
      <line x1={x1} y1={y1} x2={x2} y2={y2} className={classes.rim} />
      <line x1={x1} y1={y1} x2={x2} y2={y2} className={classes.line} />
    </svg>
  )
}
