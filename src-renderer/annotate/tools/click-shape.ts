import type { Point, Shape } from '#shared/domain/annotation/shape'
import { apart, type Bench, clickReach, type Place, type ToolSession } from './tool'

interface Rule {
  /** Ends by itself with so many points; by Enter or a double click where there is no such number. */
  most: number | null
  least: number
  closes: boolean
  shape: (points: readonly Point[]) => Shape | null
  /** The picture of what would be there with these points; the open line where it is null. */
  preview?: (points: readonly Point[]) => Shape | null
  /** A drag from the first point to the second ends the line. */
  dragEnds?: boolean
}

/** Shapes that are set point by point; a drag sets two points at once. */
function clicked(bench: Bench, rule: Rule): ToolSession {
  let points: Point[] = []
  let pressed: Place | null = null
  let pointer: Point | null = null

  const reset = () => {
    points = []
    pressed = pointer = null
    bench.redraw()
  }
  const finish = () => {
    const shape = points.length >= rule.least ? rule.shape(points) : null
    reset()
    if (shape) bench.commit(shape)
  }
  /** Near the first point of an area: it is closed there. */
  const closesAt = ({ at }: Place) => {
    const [first] = points
    return rule.closes && points.length >= rule.least && first && apart(first, at) * bench.drawn.zoom < 10
  }
  const add = (place: Place) => {
    if (closesAt(place)) return finish()
    const last = points.at(-1)
    // the second press of a double click
    if (last && apart(last, place.at) * bench.drawn.zoom < 2) return
    points.push(place.at)
    if (points.length === rule.most) return finish()
    bench.redraw()
  }
  return {
    press(place) {
      pressed = place
      pointer = null
      add(place)
    },
    drag({ at }) {
      pointer = at
      bench.redraw()
    },
    release(place) {
      const far = pressed && apart(pressed.screen, place.screen) >= clickReach
      pressed = null
      if (!far || points.length === 0) return
      add(place)
      if (rule.dragEnds && points.length === 2) finish()
    },
    hover({ at }) {
      if (points.length === 0) return
      pointer = at
      bench.redraw()
    },
    finish,
    back() {
      if (points.length === 0) return false
      points.pop()
      bench.redraw()
      return true
    },
    cancel() {
      const had = points.length > 0
      reset()
      return had
    },
    draft() {
      const all = pointer ? [...points, pointer] : points
      if (all.length < 2) return all.length === 1 ? { kind: 'open', points: all, closes: false } : null
      const shape = rule.preview?.(all)
      return shape
        ? { kind: 'shape', shape, instead: null }
        : { kind: 'open', points: all, closes: rule.closes && all.length > 2 }
    },
  }
}

export const polygonTool = (bench: Bench) =>
  clicked(bench, {
    most: null,
    least: 3,
    closes: true,
    shape: (points) => ({ kind: 'polygon', parts: [[[...points]]] }),
  })

/** Two points measure a length; more of them, set by clicks, a path. */
export const lineTool = (bench: Bench) =>
  clicked(bench, {
    most: null,
    least: 2,
    closes: false,
    dragEnds: true,
    shape: (points) => ({ kind: 'line', points: [...points] }),
    preview: (points) => ({ kind: 'line', points: [...points] }),
  })

const angleOf = ([first, vertex, second]: readonly Point[]): Shape | null =>
  first && vertex && second ? { kind: 'angle', points: [first, vertex, second] } : null

export const angleTool = (bench: Bench) =>
  clicked(bench, { most: 3, least: 3, closes: false, shape: angleOf, preview: angleOf })

/** One side first, then how far the box reaches from it. */
export function turnedBox([a, b, c]: readonly Point[]): Shape | null {
  if (!a || !b || !c) return null
  const [wayX, wayY] = [b[0] - a[0], b[1] - a[1]]
  const width = Math.hypot(wayX, wayY)
  if (width === 0) return null
  const [normalX, normalY] = [-wayY / width, wayX / width]
  const depth = (c[0] - a[0]) * normalX + (c[1] - a[1]) * normalY
  if (depth === 0) return null
  const centre: Point = [(a[0] + b[0] + normalX * depth) / 2, (a[1] + b[1] + normalY * depth) / 2]
  const height = Math.abs(depth)
  const angle = (Math.atan2(wayY, wayX) * 180) / Math.PI
  return { kind: 'box', box: [centre[0] - width / 2, centre[1] - height / 2, width, height], angle }
}

export const rotatedBoxTool = (bench: Bench) =>
  clicked(bench, { most: 3, least: 3, closes: false, shape: turnedBox, preview: turnedBox })
