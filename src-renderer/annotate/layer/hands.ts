import type { Point } from '#shared/domain/annotation/shape'
import { isBrush, resizeBrush, useHand } from '../state/hand'
import type { SelectSession } from '../tools/select'
import type { ToolSession } from '../tools/tool'
import type { AnnotationLayer } from './layer'

const isSelect = (session: ToolSession): session is SelectSession => 'wants' in session

/**
 * Gives mouse, pen and finger to the tool in hand before the viewer sees them; what the tool does not want (other
 * buttons, Shift to pan, the wheel) goes on to the viewer. `ring` follows the pointer as the outline of the brush.
 */
export function listenToHands(element: HTMLElement, ring: HTMLElement, layer: AnnotationLayer): () => void {
  const gone = new AbortController()
  const options = { signal: gone.signal, capture: true }
  let held: number | null = null

  const screenOf = (event: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect()
    return [event.clientX - left, event.clientY - top]
  }
  const placeOf = (event: MouseEvent) => layer.placeOf(screenOf(event), event)

  const press = (event: PointerEvent) => {
    if (event.button !== 0 || event.shiftKey || held !== null) return
    const session = layer.session()
    const place = placeOf(event)
    if (!session || !place || (isSelect(session) && !session.wants(place))) return
    event.stopPropagation()
    element.focus({ preventScroll: true })
    element.setPointerCapture(event.pointerId)
    held = event.pointerId
    session.press(place)
  }
  const move = (event: PointerEvent) => {
    showRing(event)
    if (held === event.pointerId) {
      event.stopPropagation()
      const session = layer.session()
      // all that a pen reports between two frames, so that quick strokes are not cut short
      const between = event.getCoalescedEvents()
      for (const each of between.length > 0 ? between : [event]) {
        const place = placeOf(each)
        if (place) session?.drag(place)
      }
      return
    }
    if (event.buttons !== 0) return
    const session = layer.session()
    const place = placeOf(event)
    if (!session || !place) return
    session.hover?.(place)
    element.style.cursor = isSelect(session) ? session.cursorAt(place) : cursorOf()
  }
  const release = (event: PointerEvent) => {
    if (held !== event.pointerId) return
    event.stopPropagation()
    held = null
    const place = placeOf(event)
    if (place) layer.session()?.release(place)
  }
  const giveUp = (event: PointerEvent) => {
    if (held !== event.pointerId) return
    held = null
    layer.session()?.cancel()
  }
  const doubleClick = (event: MouseEvent) => {
    const session = layer.session()
    if (!session?.finish) return
    event.stopPropagation()
    session.finish()
  }
  const wheel = (event: WheelEvent) => {
    if (!(event.altKey || event.shiftKey) || !isBrush(useHand.getState().tool)) return
    event.preventDefault()
    event.stopPropagation()
    const travel = event.deltaY || event.deltaX
    resizeBrush(1.0015 ** -travel)
    showRing(event)
  }
  const showRing = (event: MouseEvent) => {
    const { tool, brush } = useHand.getState()
    const shown = isBrush(tool) && layer.session() !== null
    ring.hidden = !shown
    if (!shown) return
    const [x, y] = screenOf(event)
    ring.style.width = ring.style.height = `${brush * 2}px`
    ring.style.transform = `translate(${x - brush}px, ${y - brush}px)`
    ring.dataset.erasing = String((tool === 'eraser') !== event.altKey)
  }
  const leave = () => {
    ring.hidden = true
  }

  element.addEventListener('pointerdown', press, options)
  element.addEventListener('pointermove', move, options)
  element.addEventListener('pointerup', release, options)
  element.addEventListener('pointercancel', giveUp, options)
  element.addEventListener('pointerleave', leave, { signal: gone.signal })
  element.addEventListener('dblclick', doubleClick, options)
  element.addEventListener('wheel', wheel, { ...options, passive: false })
  const forget = useHand.subscribe(({ tool }) => {
    element.style.cursor = tool === 'select' ? '' : cursorOf()
    if (!isBrush(tool)) ring.hidden = true
  })
  return () => {
    gone.abort()
    forget()
  }
}

const cursorOf = () => (isBrush(useHand.getState().tool) ? 'none' : 'crosshair')
