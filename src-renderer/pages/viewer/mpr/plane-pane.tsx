import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { planeColours } from '#renderer/viewer/mpr/crosshair'
import type { MprSession } from '#renderer/viewer/mpr/mpr-session'
import { Plane } from '#renderer/viewer/mpr/plane'
import type { Labels } from '#renderer/viewer/overlay/predictions'
import type { Viewer } from '#renderer/viewer/state/viewer'
import { edgeLetters } from '#renderer/viewer/view/orientation'
import { lengthText, scaleBar } from '#renderer/viewer/view/scale-bar'
import { dot } from '#shared/geometry/vector'
import type { PlaneName } from '#shared/geometry/volume-planes'
import corners from '../corners.module.css'
import classes from './mpr.module.css'

interface Props {
  name: PlaneName
  session: MprSession
  viewer: Viewer
  labels: Labels
}

/** One plane, with its name, place and letters over it. */
export function PlanePane({ name, session, viewer, labels }: Props) {
  const { t } = useTranslation('viewer')
  const title = t(`planes.${name}`)
  return (
    <section className={classes.plane} aria-label={title}>
      <Plane name={name} session={session} viewer={viewer} labels={labels} label={title} />
      <Corners name={name} session={session} viewer={viewer} title={title} />
    </section>
  )
}

function Corners({ name, session, viewer, title }: Omit<Props, 'labels'> & { title: string }) {
  const { t } = useTranslation('viewer')
  const cut = useStore(session.store, (state) => state.cuts[name])
  const shown = useStore(session.store, (state) => state.shown[name])
  const view = useStore(session.store, (state) => state.views[name])
  const facts = useStore(session.store, (state) => state.facts)
  const chosen = useStore(viewer, (state) => state.window)
  if (!cut || !shown || !facts) return null
  const { plane } = cut
  const letters = edgeLetters([...plane.row, ...plane.column], view.orientation)
  const window = chosen ?? session.window ?? facts.window
  const figure = (value: number) => (window.width >= 20 ? value.toFixed(0) : value.toPrecision(3))
  const bar = scaleBar(shown.zoom / plane.spacing[0], Math.min(140, shown.viewport.width * 0.3))
  return (
    <div className={corners.corners}>
      <div className={corners.topLeft}>
        <p style={{ color: planeColours[name] }}>{title}</p>
      </div>
      <div className={corners.topRight}>
        <p>{t('corner.window', { width: figure(window.width), center: figure(window.center) })}</p>
      </div>
      <div className={corners.bottomLeft}>
        <p>{t('planes.millimetres', { value: dot(plane.origin, plane.normal).toFixed(1) })}</p>
      </div>
      {bar && (
        <div className={corners.bottomRight}>
          <div className={corners.scale}>
            <span>{lengthText(bar.millimetres)}</span>
            <span className={corners.bar} style={{ width: bar.pixels }} />
          </div>
        </div>
      )}
      <span className={corners.top}>{letters.top}</span>
      <span className={corners.right}>{letters.right}</span>
      <span className={corners.bottom}>{letters.bottom}</span>
      <span className={corners.left}>{letters.left}</span>
    </div>
  )
}
