import { useEffect, useRef } from 'react'
import type { PlaneName } from '#shared/geometry/volume-planes'
import type { Labels } from '../overlay/predictions'
import type { Viewer } from '../state/viewer'
import classes from '../viewport.module.css'
import type { MprSession } from './mpr-session'
import { showPlane } from './show-plane'

interface Props {
  name: PlaneName
  session: MprSession
  viewer: Viewer
  labels: Labels
  label: string
}

/** A plane through a volume and, over it, masks and crosshair. */
export function Plane({ name, session, viewer, labels, label }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const overlay = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (canvas.current && overlay.current)
      return showPlane(name, session, viewer, canvas.current, overlay.current, labels)
    return undefined
  }, [name, session, viewer, labels])
  return (
    <div className={classes.viewport} role="img" aria-label={label}>
      <canvas ref={canvas} className={classes.stage} data-testid={`plane-${name}`} />
      <canvas ref={overlay} className={classes.overlay} />
    </div>
  )
}
