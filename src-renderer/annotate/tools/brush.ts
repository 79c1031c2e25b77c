import { pixelShape } from '#renderer/viewer/view/view-state'
import type { Annotation } from '#shared/domain/annotation/annotation'
import type { Point } from '#shared/domain/annotation/shape'
import type { Frame } from '#shared/domain/image'
import { areaOfRle } from '#shared/geometry/rle'
import { paintStroke } from '#shared/geometry/shapes/brush'
import { hits } from '#shared/geometry/shapes/hit'
import type { LiveMask } from '../layer/live-mask'
import { remove, reshape } from '../state/commands'
import { useHand } from '../state/hand'
import type { Bench, Place, ToolSession } from './tool'

type Kind = 'brush' | 'eraser' | 'thresholdBrush'

/**
 * Brush, eraser, and a brush that takes in only what looks like what lay under its first touch. A stroke adds to the
 * selected mask of this image, or makes a new one; the eraser takes from the selected mask, or from the one under it.
 */
export function brushTool(bench: Bench, kind: Kind): ToolSession {
  let live: LiveMask | null = null
  let instead: Annotation | null = null
  let last: Point | null = null
  let erasing = false
  let accepts: ((place: number) => boolean) | undefined
  const { image, frame } = bench.drawn
  const stretch = pixelShape(image.geometry?.spacing ?? frame.spacing)
  const radius = () => (useHand.getState().brush * stretch[0]) / bench.drawn.zoom

  const stroke = (from: Point, to: Point) => {
    if (!live) return
    const box = paintStroke(live, {
      from,
      to,
      radius: radius(),
      stretch: [...stretch],
      value: erasing ? 0 : 1,
      accepts,
    })
    if (!box) return
    live.refresh(box)
    bench.redraw()
  }
  const end = () => {
    live = instead = last = null
    bench.redraw()
  }
  return {
    press({ at, alt }) {
      erasing = (kind === 'eraser') !== alt
      instead = maskToChange(bench, erasing, at)
      if (erasing && !instead) return
      live = bench.liveMask(instead)
      accepts = kind === 'thresholdBrush' && !erasing ? alike(frame, at, radius(), stretch) : undefined
      last = at
      stroke(at, at)
      bench.redraw()
    },
    drag({ at }: Place) {
      if (last) stroke(last, at)
      last = last && at
    },
    release() {
      const mask = live?.toRle()
      const before = instead
      end()
      if (!mask) return
      if (!before && areaOfRle(mask) > 0) bench.commit({ kind: 'mask', mask })
      if (before && areaOfRle(mask) > 0) reshape(bench.desk, before, { kind: 'mask', mask })
      if (before && areaOfRle(mask) === 0) remove(bench.desk, [before])
    },
    cancel() {
      const had = live !== null
      end()
      return had
    },
    draft: () => live && { kind: 'mask', live, instead: instead?.id ?? null },
  }
}

/** The mask that a stroke changes; null where it makes a new one. */
function maskToChange(bench: Bench, erasing: boolean, at: Point): Annotation | null {
  const { selected } = useHand.getState()
  const masks = bench.annotations().filter(({ shape }) => shape.kind === 'mask')
  const own = masks.filter(({ objectId }) => selected.has(objectId))
  if (!erasing) return own.at(-1) ?? null
  return own.at(-1) ?? masks.findLast(({ shape }) => hits(shape, at, 0)) ?? null
}

/** Accepts pixels whose value is within so many deviations of what lies under the brush; of colours, the lightness. */
function alike(
  frame: Frame,
  [x, y]: Point,
  radius: number,
  stretch: readonly [number, number],
): (place: number) => boolean {
  const { rows, columns } = frame
  const values: number[] = []
  const [reachX, reachY] = [radius / stretch[0], radius / stretch[1]]
  for (let row = Math.max(0, Math.floor(y - reachY)); row <= Math.min(rows - 1, y + reachY); row += 1) {
    for (
      let column = Math.max(0, Math.floor(x - reachX));
      column <= Math.min(columns - 1, x + reachX);
      column += 1
    ) {
      const [dx, dy] = [(column + 0.5 - x) / reachX, (row + 0.5 - y) / reachY]
      if (dx * dx + dy * dy <= 1) values.push(valueAt(frame, row * columns + column))
    }
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const deviation = Math.sqrt(
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length),
  )
  // a flat patch still takes in its neighbours of the same value
  const reach = Math.max(deviation * useHand.getState().tolerance, (frame.max - frame.min) / 256)
  return (place) => Math.abs(valueAt(frame, place) - mean) <= reach
}

function valueAt({ data, samples }: Frame, place: number): number {
  if (samples === 1) return data[place] ?? 0
  const at = place * 3
  return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)
}
