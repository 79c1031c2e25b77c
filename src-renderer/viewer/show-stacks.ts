import type { RefObject } from 'react'
import type { SeriesImage } from '#shared/contract/library'
import { InitialWindows } from './display/initial-greys'
import { presetsOf } from './display/presets'
import { drawGraphics } from './overlay/draw-graphics'
import { clearOverlay } from './overlay/draw-overlay'
import type { Predictions } from './overlay/predictions'
import { type Drawn, StackView } from './stack/stack-view'
import { openStack, type Viewer } from './state/viewer'
import { listenToPointer } from './view/pointer'

/** Keeps stacks on the screen of a pane, one after another, as its state says. */
export function showStacks(
  viewer: Viewer,
  stage: HTMLDivElement,
  overlay: HTMLCanvasElement,
  predictions: RefObject<Predictions | null>,
) {
  let windows = new InitialWindows(null)
  let modality: string | null = null
  let first = true
  /** What the screen shows; the page may have been laid out anew before it is spoken of. */
  let latest: Drawn | null = null
  const drawOver = (drawn: Drawn) => {
    if (predictions.current) predictions.current.draw(overlay, drawn)
    else if (drawn.frame.graphics) clearOverlay(overlay, drawn.viewport)
    if (viewer.getState().graphics) drawGraphics(overlay, drawn, redraw)
  }

  const stack = new StackView(stage, {
    viewOf: () => viewer.getState().view,
    greysOf: (frame) => {
      const { window, inverted, palette } = viewer.getState()
      return { window: window ?? windows.of(frame), inverted, palette }
    },
    onDrawn: (drawn) => {
      latest = drawn
      drawOver(drawn)
      if (!first) {
        viewer.setState({ drawn, failed: null })
        return
      }
      first = false
      // The first picture is on the screen before anything that only speaks of it is made.
      setTimeout(() => {
        performance.mark('lepton-first-image')
        viewer.setState({
          drawn: latest,
          failed: null,
          presets: presetsOf(modality, drawn.frame),
          initialWindow: windows.of(drawn.frame),
        })
      })
    },
    onFailed: (index, fault) => viewer.setState({ failed: { index, fault } }),
    onContextLost: () => viewer.setState({ contextLost: true }),
  })
  const redraw = () => {
    const { drawn } = viewer.getState()
    if (drawn) drawOver(drawn)
  }
  const forget = viewer.subscribe((now, before) => {
    if (now.count > 0 && now.count === before.count && now.index !== before.index) void stack.show(now.index)
    if (
      now.view !== before.view ||
      now.window !== before.window ||
      now.inverted !== before.inverted ||
      now.palette !== before.palette
    )
      stack.draw()
    if (overlayKeys.some((key) => now[key] !== before[key])) requestAnimationFrame(redraw)
  })
  const release = listenToPointer(stage, viewer)

  return {
    open(images: readonly SeriesImage[], of: string | null, start: number) {
      modality = of
      windows = new InitialWindows(modality)
      first = true
      overlay.getContext('2d')?.reset()
      // a stack that comes back, from planes or another layout, is shown as it was left
      if (viewer.getState().images !== images) openStack(viewer, images, modality, start)
      void stack.open(images, modality, viewer.getState().index)
    },
    redraw,
    retry: () => void stack.retry(),
    close() {
      forget()
      release()
      stack.close()
      viewer.setState({ drawn: null, failed: null })
    },
  }
}

const overlayKeys = [
  ...(['graphics', 'predictions', 'fill', 'contour', 'box', 'opacity', 'threshold'] as const),
  ...(['hidden', 'settled', 'focus', 'heat', 'heatOpacity'] as const),
]
