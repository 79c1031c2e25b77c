import type { Annotation } from '#shared/domain/annotation/annotation'
import { faultOf } from '#shared/domain/fault'
import { areaOfRle } from '#shared/geometry/rle'
import { type Crop, pasteCrop } from '#shared/geometry/shapes/crop'
import type { BrushClient } from '../brush/brush-client'
import type { BrushMask } from '../brush/messages'
import { openBrush, useSmartBrush } from '../brush/smart-brush'
import type { LiveMask } from '../layer/live-mask'
import { reshape } from '../state/commands'
import { useHand } from '../state/hand'
import { apart, type Bench, clickReach, type Place, type ToolSession } from './tool'

/** An object that is being clicked together. */
interface Attempt {
  live: LiveMask
  /** The annotation that it refines. */
  instead: Annotation | null
  brush: Promise<BrushClient>
  clicks: number
  /** What the network answered last. */
  mask: Crop | null
  /** The last click's answer, so that accepting waits for it. */
  answered: Promise<void>
}

/**
 * A click marks what it lies on, more clicks refine it, with Alt they take away; Enter accepts the mask, Backspace
 * takes the last click back, Escape all of them. A selected mask of this image is refined in its place.
 */
export function smartBrushTool(bench: Bench): ToolSession {
  let attempt: Attempt | null = null
  let pressed: Place | null = null

  // opened while the hand is still on its way to the object; the first click is told if it fails
  openBrush()
    .then((one) => one.prepare(bench.drawn.frame))
    .catch(() => {})

  const begin = (): Attempt => {
    const instead = maskToRefine(bench)
    const live = bench.liveMask(instead)
    const start = instead ? live.bytes.slice() : null
    const brush = openBrush().then(async (one) => {
      await one.begin(bench.drawn.frame, start)
      return one
    })
    const { columns, rows } = live
    const mask: Crop | null = start && { box: [0, 0, columns, rows], mask: start }
    return { live, instead, brush, clicks: 0, mask, answered: Promise.resolve() }
  }
  /** Answers of an attempt that was given up, or accepted meanwhile, are not drawn. */
  const show = (of: Attempt, { mask, milliseconds, preliminary }: BrushMask) => {
    const before = of.mask
    of.mask = mask
    if (of !== attempt) return
    if (before) of.live.clear(before.box)
    if (mask) of.live.paste(mask)
    // a click that was answered ends the error of one that was not
    useSmartBrush.setState({ state: 'ready', fault: null, milliseconds, working: preliminary })
    bench.redraw()
  }
  const failed = (error: unknown) =>
    useSmartBrush.setState({ state: 'failed', working: false, fault: faultOf(error) })

  const click = ({ at: [x, y], alt }: Place) => {
    const { rows, columns } = bench.desk.image
    if (x < 0 || y < 0 || x >= columns || y >= rows) return
    attempt ??= begin()
    const of = attempt
    of.clicks += 1
    useSmartBrush.setState({ working: true })
    const place = { x: Math.floor(x), y: Math.floor(y), positive: !alt }
    const start = performance.now()
    const answer = (mask: BrushMask) => {
      show(of, mask)
      performance.measure(mask.preliminary ? 'lepton-brush-first' : 'lepton-brush', { start })
    }
    of.answered = of.brush.then((one) => one.click(place, answer)).catch(failed)
    bench.redraw()
  }
  const leave = () => {
    attempt = null
    useSmartBrush.setState({ working: false })
    bench.redraw()
  }
  const accept = ({ mask, instead }: Attempt) => {
    const { rows, columns } = bench.desk.image
    const rle = mask && pasteCrop(mask, rows, columns)
    if (!rle || areaOfRle(rle) === 0) return
    if (instead) reshape(bench.desk, instead, { kind: 'mask', mask: rle })
    else bench.commit({ kind: 'mask', mask: rle })
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
      if (!attempt) return
      const of = attempt
      // the hand may take another tool before the answer is there
      void of.answered.then(() => {
        if (of === attempt) leave()
        accept(of)
      })
    },
    back() {
      if (!attempt || attempt.clicks === 0) return false
      const of = attempt
      of.clicks -= 1
      if (of.clicks === 0) leave()
      else of.answered = of.brush.then(async (one) => show(of, await one.undo())).catch(failed)
      return true
    },
    cancel() {
      const had = attempt !== null
      if (had) leave()
      return had
    },
    draft: () => attempt && { kind: 'mask', live: attempt.live, instead: attempt.instead?.id ?? null },
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
