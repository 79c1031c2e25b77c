import { type ReactNode, type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import type { SeriesImage } from '#shared/contract/library'
import { HotMetal } from './display/hot-metal'
import type { Predictions } from './overlay/predictions'
import { showStacks } from './show-stacks'
import type { Viewer } from './state/viewer'
import classes from './viewport.module.css'

/** What other parts of the page need of the viewport. */
export interface ViewportHandle {
  /** Draws the predictions again, when some have come in by themselves. */
  redraw: () => void
  /** Asks again for a picture that could not be shown. */
  retry: () => void
}

interface Props {
  viewer: Viewer
  /** Undefined while they are on their way; the viewport is made ready meanwhile. */
  images: readonly SeriesImage[] | undefined
  modality: string | null
  /** Place in the stack to open at. */
  start: number
  /** Read at every drawing. */
  predictions: RefObject<Predictions | null>
  handle: RefObject<ViewportHandle | null>
  label: string
  /** What lies over the picture besides, e.g. what readers drew. */
  children?: ReactNode
}

/** The picture and, exactly over it, what was predicted. */
export function Viewport({ viewer, images, modality, start, predictions, handle, label, children }: Props) {
  const stage = useRef<HTMLDivElement>(null)
  const overlay = useRef<HTMLCanvasElement>(null)
  const stacks = useRef<ReturnType<typeof showStacks>>(null)

  useEffect(() => {
    if (!stage.current || !overlay.current) return
    const made = showStacks(viewer, stage.current, overlay.current, predictions)
    stacks.current = made
    handle.current = made
    return () => {
      made.close()
      stacks.current = null
      handle.current = null
    }
  }, [viewer, predictions, handle])

  // another start is where to begin with the next stack, no reason to open this one again
  const open = useEffectEvent((stack: readonly SeriesImage[]) => stacks.current?.open(stack, modality, start))
  useEffect(() => {
    if (images) open(images)
  }, [images])

  return (
    <div className={classes.viewport} role="img" aria-label={label}>
      <HotMetal />
      <div ref={stage} className={classes.stage} data-testid="picture" />
      <canvas ref={overlay} className={classes.overlay} data-testid="overlay" />
      {children}
    </div>
  )
}
