import type { Drawn } from '../stack/stack-view'
import { changeViewIn, goToIn, type Tool, toolInHand, type Viewer } from '../state/viewer'
import { type PictureSize, type Point, panned, zoomedAt } from './view-state'
import { wheelSteps } from './wheel-steps'
import { draggedWindow } from './window-drag'

export const pictureOf = ({ image, frame }: Drawn): PictureSize => ({
  rows: frame.rows,
  columns: frame.columns,
  spacing: image.geometry?.spacing ?? frame.spacing,
})

/** Zooms about a point of the viewport, its centre by default. */
export const zoomIn = (viewer: Viewer, factor: number, at?: Point) =>
  changeViewIn(viewer, (view, drawn) => {
    const { viewport } = drawn
    return zoomedAt(view, pictureOf(drawn), viewport, factor, at ?? [viewport.width / 2, viewport.height / 2])
  })

/** Which tool a press of a button starts: left as chosen, middle pans, right zooms, Shift pans. */
function toolOf(viewer: Viewer, event: PointerEvent): Tool | null {
  if (event.button === 1 || (event.button === 0 && event.shiftKey)) return 'pan'
  if (event.button === 2) return 'zoom'
  return event.button === 0 ? toolInHand(viewer.getState()) : null
}

function dragWindow(viewer: Viewer, dx: number, dy: number): void {
  const { window, drawn } = viewer.getState()
  if (!drawn || drawn.frame.samples === 3) return
  viewer.setState({ window: draggedWindow(window ?? drawn.greys.window, [dx, dy], drawn.frame.slope) })
}

function drag(viewer: Viewer, tool: Tool, [dx, dy]: Point, start: Point): void {
  // the crosshair is at home in planes through a volume; over a stack the hand holds the window
  if (tool === 'window' || tool === 'crosshair') dragWindow(viewer, dx, dy)
  else if (tool === 'zoom') zoomIn(viewer, 1.01 ** -dy, start)
  else changeViewIn(viewer, (view, drawn) => panned(view, pictureOf(drawn), drawn.viewport, [dx, dy]))
}

/** Hands and wheel over the viewport of a pane. Returns what takes them away again. */
export function listenToPointer(element: HTMLElement, viewer: Viewer): () => void {
  const gone = new AbortController()
  const { signal } = gone
  let held: { tool: Tool; start: Point; last: Point } | null = null

  const place = (event: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect()
    return [event.clientX - left, event.clientY - top]
  }
  element.addEventListener(
    'pointerdown',
    (event) => {
      const tool = toolOf(viewer, event)
      if (!tool) return
      held = { tool, start: place(event), last: place(event) }
      element.setPointerCapture(event.pointerId)
      if (event.button === 1) event.preventDefault()
    },
    { signal },
  )
  element.addEventListener(
    'pointermove',
    (event) => {
      const now = place(event)
      viewer.setState({ pointer: now })
      if (!held) return
      drag(viewer, held.tool, [now[0] - held.last[0], now[1] - held.last[1]], held.start)
      held.last = now
    },
    { signal },
  )
  const release = () => {
    held = null
  }
  element.addEventListener('pointerup', release, { signal })
  element.addEventListener('pointercancel', release, { signal })
  element.addEventListener('pointerleave', () => viewer.setState({ pointer: null }), { signal })
  element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal })
  element.addEventListener(
    'dblclick',
    () => changeViewIn(viewer, (view) => ({ ...view, zoom: null, center: null })),
    { signal },
  )
  const steps = wheelSteps()
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      if (event.ctrlKey) return zoomIn(viewer, 1.002 ** -event.deltaY, place(event))
      const by = steps(event)
      if (by !== 0) goToIn(viewer, viewer.getState().index + by)
    },
    { signal, passive: false },
  )
  return () => gone.abort()
}
