import { type RefObject, useEffect, useRef } from 'react'
import type { SeriesImage } from '#shared/contract/library'
import { InitialWindows } from './display/initial-greys'
import type { Predictions } from './overlay/predictions'
import { type Drawn, StackView } from './stack/stack-view'
import { openStack, useViewer } from './state/viewer-store'
import { listenToPointer } from './view/pointer'
import classes from './viewport.module.css'

interface Props {
  images: readonly SeriesImage[]
  modality: string | null
  /** Place in the stack to open at. */
  start: number
  /** Read at every drawing. */
  predictions: RefObject<Predictions | null>
  /** Set to what draws the overlay again, for predictions that come in by themselves. */
  redraw: RefObject<() => void>
  retry: RefObject<() => void>
  label: string
}

/** The picture and, exactly over it, what was predicted. */
export function Viewport({ images, modality, start, predictions, redraw, retry, label }: Props) {
  const stage = useRef<HTMLDivElement>(null)
  const overlay = useRef<HTMLCanvasElement>(null)

  useEffect(() => {
    if (!stage.current || !overlay.current) return
    return showStack(stage.current, overlay.current, { images, modality, start, predictions, redraw, retry })
  }, [images, modality, start, predictions, redraw, retry])

  return (
    <div className={classes.viewport} role="img" aria-label={label}>
      <div ref={stage} className={classes.stage} data-testid="picture" />
      <canvas ref={overlay} className={classes.overlay} data-testid="overlay" />
    </div>
  )
}

/** Keeps a stack on the screen as the viewer's state says. Returns what takes it away. */
function showStack(stage: HTMLDivElement, overlay: HTMLCanvasElement, of: Omit<Props, 'label'>): () => void {
  const windows = new InitialWindows(of.modality)
  let first = true
  const drawOver = (drawn: Drawn) => of.predictions.current?.draw(overlay, drawn)
  const stack = new StackView(stage, {
    viewOf: () => useViewer.getState().view,
    greysOf: (frame) => {
      const { window, inverted } = useViewer.getState()
      return { window: window ?? windows.of(frame), inverted }
    },
    onDrawn: (drawn) => {
      drawOver(drawn)
      if (first) setTimeout(() => performance.mark('lepton-first-image'))
      first = false
      useViewer.setState({ drawn, failed: null })
    },
    onFailed: (index, fault) => useViewer.setState({ failed: { index, fault } }),
    onContextLost: () => useViewer.setState({ contextLost: true }),
  })
  of.redraw.current = () => {
    const { drawn } = useViewer.getState()
    if (drawn) drawOver(drawn)
  }
  of.retry.current = () => void stack.retry()
  openStack(of.images.length, of.start)
  void stack.open(of.images, of.modality, useViewer.getState().index)

  const forget = useViewer.subscribe((now, before) => {
    if (now.index !== before.index) void stack.show(now.index)
    if (now.view !== before.view || now.window !== before.window || now.inverted !== before.inverted)
      stack.draw()
    if (overlayChanged(now, before)) requestAnimationFrame(() => of.redraw.current())
  })
  const release = listenToPointer(stage)
  return () => {
    forget()
    release()
    stack.close()
  }
}

type State = ReturnType<typeof useViewer.getState>
const overlayKeys = ['predictions', 'fill', 'contour', 'box', 'opacity', 'threshold'] as const
const overlayChanged = (now: State, before: State) => overlayKeys.some((key) => now[key] !== before[key])
