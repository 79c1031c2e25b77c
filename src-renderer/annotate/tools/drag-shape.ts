import type { Point, Shape } from '#shared/domain/annotation/shape'
import { simplified } from '#shared/geometry/shapes/simplify'
import { apart, type Bench, clickReach, type Draft, type Place, type ToolSession } from './tool'

type Span = (from: Point, to: Point) => Shape | null

const box: Span = ([ax, ay], [bx, by]) =>
  ax === bx || ay === by
    ? null
    : {
        kind: 'box',
        box: [Math.min(ax, bx), Math.min(ay, by), Math.abs(bx - ax), Math.abs(by - ay)],
        angle: 0,
      }

const ellipse: Span = ([ax, ay], [bx, by]) =>
  ax === bx || ay === by
    ? null
    : {
        kind: 'ellipse',
        centre: [(ax + bx) / 2, (ay + by) / 2],
        radii: [Math.abs(bx - ax) / 2, Math.abs(by - ay) / 2],
        angle: 0,
      }

/** Shapes that are pulled up from one corner to the other; boxes and ellipses stay within their image. */
function spanned(bench: Bench, span: Span): ToolSession {
  let from: Place | null = null
  let shape: Shape | null = null
  const { rows, columns } = bench.desk.image
  const within = ([x, y]: Point): Point => [Math.min(columns, Math.max(0, x)), Math.min(rows, Math.max(0, y))]
  return {
    press: (place) => {
      from = place
      shape = null
    },
    drag(place) {
      if (!from) return
      shape = span(within(from.at), within(place.at))
      bench.redraw()
    },
    release(place) {
      const far = from && apart(from.screen, place.screen) >= clickReach
      if (far && shape) bench.commit(shape)
      from = shape = null
      bench.redraw()
    },
    cancel() {
      const had = from !== null
      from = shape = null
      bench.redraw()
      return had
    },
    draft: () => shape && { kind: 'shape', shape, instead: null },
  }
}

export const boxTool = (bench: Bench) => spanned(bench, box)
export const ellipseTool = (bench: Bench) => spanned(bench, ellipse)

/** A line around an area, drawn without lifting the pen. */
export function freehandTool(bench: Bench): ToolSession {
  let points: Point[] = []
  const draft = (): Draft | null => (points.length > 1 ? { kind: 'open', points, closes: true } : null)
  return {
    press: ({ at }) => {
      points = [at]
    },
    drag({ at }) {
      points.push(at)
      bench.redraw()
    },
    release() {
      const ring = simplified(points, 0.5 / bench.drawn.zoom)
      points = []
      if (ring.length >= 3) bench.commit({ kind: 'polygon', parts: [[ring]] })
      bench.redraw()
    },
    cancel() {
      const had = points.length > 0
      points = []
      bench.redraw()
      return had
    },
    draft,
  }
}

export const pointTool = (bench: Bench): ToolSession => ({
  press: ({ at }) => bench.commit({ kind: 'point', point: at }),
  drag: () => {},
  release: () => {},
  cancel: () => false,
  draft: () => null,
})
