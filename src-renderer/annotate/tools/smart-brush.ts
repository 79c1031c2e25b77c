import type { Annotation } from '#shared/domain/annotation/annotation'
import { faultOf } from '#shared/domain/fault'
import { areaOfRle } from '#shared/geometry/rle'
import type { BrushClient } from '../brush/brush-client'
import type { BrushMask } from '../brush/messages'
import { openBrush, useSmartBrush } from '../brush/smart-brush'
import type { LiveMask } from '../layer/live-mask'
import { reshape } from '../state/commands'
import { useHand } from '../state/hand'
import { apart, type Bench, clickReach, type Place, type ToolSession } from './tool'

/**
 * A click marks what it lies on, more clicks refine it, with Alt they take away; Enter accepts the mask, Backspace
 * takes the last click back, Escape all of them. A selected mask of this image is refined in its place.
 */
export function smartBrushTool(bench: Bench): ToolSession {
  let live: LiveMask | null = null
  let instead: Annotation | null = null
  let pressed: Place | null = null
  let clicks = 0
  /** Counted up by whatever gives the clicks up, so that late answers are not shown. */
  let attempt = 0
  let begun: Promise<BrushClient> | null = null
  /** The last click's answer, so that Enter waits for it. */
  let answered: Promise<void> = Promise.resolve()

  // opened while the hand is still on its way to the picture; the first click is told if it fails
  openBrush().catch(() => {})

  const begin = async (mask: Uint8Array | null) => {
    const brush = await openBrush()
    await brush.begin(bench.drawn.frame, mask)
    return brush
  }
  const show = (mask: LiveMask, answer: BrushMask, of: number) => {
    if (of !== attempt) return
    if (answer.mask) mask.bytes.set(answer.mask)
    else mask.bytes.fill(0)
    mask.refresh([0, 0, mask.columns, mask.rows])
    useSmartBrush.setState({ milliseconds: answer.milliseconds, working: answer.preliminary })
    bench.redraw()
  }
  const failed = (error: unknown) =>
    useSmartBrush.setState({ state: 'failed', working: false, fault: faultOf(error) })

  const click = ({ at: [x, y], alt }: Place) => {
    const { rows, columns } = bench.desk.image
    if (x < 0 || y < 0 || x >= columns || y >= rows) return
    if (!live) {
      instead = maskToRefine(bench)
      live = bench.liveMask(instead)
      begun = begin(instead ? live.bytes.slice() : null)
    }
    const [mask, of] = [live, attempt]
    clicks += 1
    useSmartBrush.setState({ working: true })
    const place = { x: Math.floor(x), y: Math.floor(y), positive: !alt }
    if (begun) answered = begun.then((b) => b.click(place, (a) => show(mask, a, of))).catch(failed)
    bench.redraw()
  }
  const giveUp = () => {
    attempt += 1
    clicks = 0
    live = instead = begun = null
    useSmartBrush.setState({ working: false })
    bench.redraw()
  }
  const accept = () => {
    const mask = live?.toRle()
    const before = instead
    giveUp()
    if (!mask || areaOfRle(mask) === 0) return
    if (before) reshape(bench.desk, before, { kind: 'mask', mask })
    else bench.commit({ kind: 'mask', mask })
  }
  return {
    press(place) {
      pressed = place
    },
    drag() {},
    release(place) {
      if (pressed && apart(pressed.screen, place.screen) <= clickReach) click(place)
      pressed = null
    },
    finish() {
      const of = attempt
      void answered.then(() => {
        if (of === attempt) accept()
      })
    },
    back() {
      if (!live || clicks === 0) return false
      clicks -= 1
      if (clicks === 0) {
        giveUp()
        return true
      }
      const [mask, of] = [live, attempt]
      if (begun) answered = begun.then((b) => b.undo().then((a) => show(mask, a, of))).catch(failed)
      return true
    },
    cancel() {
      const had = live !== null
      giveUp()
      return had
    },
    draft: () => live && { kind: 'mask', live, instead: instead?.id ?? null },
  }
}

/** The selected mask of this image. */
function maskToRefine(bench: Bench): Annotation | null {
  const { selected } = useHand.getState()
  const own = bench
    .annotations()
    .filter(({ shape, objectId }) => shape.kind === 'mask' && selected.has(objectId))
  return own.at(-1) ?? null
}
