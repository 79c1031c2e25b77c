import { inPatient } from '#shared/geometry/slice-plane'
import type { PlaneName } from '#shared/geometry/volume-planes'
import type { Tool, Viewer } from '../state/viewer'
import { type Point, panned, toImage, zoomedAt } from '../view/view-state'
import { wheelSteps } from '../view/wheel-steps'
import { draggedWindow } from '../view/window-drag'
import { greysOf } from './greys'
import type { MprSession } from './mpr-session'

/** Left as chosen (the crosshair where nothing else is), middle and Shift pan, right zooms. */
function toolOf(viewer: Viewer, event: PointerEvent): Tool | null {
  if (event.button === 1 || (event.button === 0 && event.shiftKey)) return 'pan'
  if (event.button === 2) return 'zoom'
  return event.button === 0 ? viewer.getState().tool : null
}

/** Hands and wheel over a plane. Returns what takes them away again. */
export function listenOnPlane(
  element: HTMLElement,
  name: PlaneName,
  session: MprSession,
  viewer: Viewer,
): () => void {
  const { store } = session
  const gone = new AbortController()
  const { signal } = gone
  let held: { tool: Tool; start: Point; last: Point } | null = null

  const place = (event: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect()
    return [event.clientX - left, event.clientY - top]
  }
  const meetAt = (point: Point) => {
    const { cuts, shown } = store.getState()
    const [cut, on] = [cuts[name], shown[name]]
    if (cut && on) session.goTo(inPatient(cut.plane, ...toImage(on.affine, point)))
  }
  const zoom = (factor: number, at: Point) => {
    const { cuts, views, shown } = store.getState()
    const [cut, on] = [cuts[name], shown[name]]
    if (!cut || !on) return
    const view = zoomedAt(views[name], cut.plane, on.viewport, factor, at)
    store.setState({ views: { ...views, [name]: view } })
  }
  const pan = (by: Point) => {
    const { cuts, views, shown } = store.getState()
    const [cut, on] = [cuts[name], shown[name]]
    if (cut && on)
      store.setState({ views: { ...views, [name]: panned(views[name], cut.plane, on.viewport, by) } })
  }
  const drag = (tool: Tool, by: Point, now: Point, start: Point) => {
    if (tool === 'window') viewer.setState({ window: draggedWindow(greysOf(viewer, session).window, by, 1) })
    else if (tool === 'pan') pan(by)
    else if (tool === 'zoom') zoom(1.01 ** -by[1], start)
    else meetAt(now)
  }

  element.addEventListener(
    'pointerdown',
    (event) => {
      const tool = toolOf(viewer, event)
      if (!tool) return
      held = { tool, start: place(event), last: place(event) }
      element.setPointerCapture(event.pointerId)
      if (event.button === 1) event.preventDefault()
      if (tool === 'crosshair') meetAt(held.start)
    },
    { signal },
  )
  element.addEventListener(
    'pointermove',
    (event) => {
      if (!held) return
      const now = place(event)
      drag(held.tool, [now[0] - held.last[0], now[1] - held.last[1]], now, held.start)
      held.last = now
    },
    { signal },
  )
  const release = () => {
    held = null
  }
  element.addEventListener('pointerup', release, { signal })
  element.addEventListener('pointercancel', release, { signal })
  element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal })
  const steps = wheelSteps()
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      if (event.ctrlKey) return zoom(1.002 ** -event.deltaY, place(event))
      const by = steps(event)
      if (by !== 0) session.step(name, by)
    },
    { signal, passive: false },
  )
  return () => gone.abort()
}
