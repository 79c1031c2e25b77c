import type { Annotation } from '#shared/domain/annotation/annotation'
import type { Point, Shape } from '#shared/domain/annotation/shape'
import { areaOfRle } from '#shared/geometry/rle'
import { handlesOf, withHandle } from '#shared/geometry/shapes/handles'
import { hits } from '#shared/geometry/shapes/hit'
import { movedBy } from '#shared/geometry/shapes/move'
import { areaOf } from '#shared/geometry/shapes/parts'
import { remove, reshape } from '../state/commands'
import { select, toggleSelected, useHand } from '../state/hand'
import { apart, type Bench, clickReach, type Place, type ToolSession } from './tool'

/** CSS pixels by which the turning handle stands off. */
export const armLength = 24
const handleReach = 9

interface Held {
  one: Annotation
  /** Null where the whole shape is moved. */
  handle: string | null
  from: Place
  shape: Shape
}

export interface SelectSession extends ToolSession {
  /** Whether a press at a place would do something; what it would not belongs to the viewer's own tools. */
  wants(place: Place): boolean
  cursorAt(place: Place): string
}

/** Selects, moves, and changes shapes by their handles. Ctrl adds to the selection; Alt removes a point of a polygon. */
export function selectTool(bench: Bench): SelectSession {
  let held: Held | null = null
  const reach = (pixels: number) => pixels / bench.drawn.zoom
  const chosen = () => bench.annotations().filter(({ objectId }) => useHand.getState().selected.has(objectId))

  const handleAt = (at: Point) => {
    for (const one of chosen()) {
      const handle = handlesOf(one.shape, reach(armLength)).find(
        (each) => apart(each.at, at) < reach(handleReach),
      )
      if (handle) return { one, handle }
    }
    return null
  }
  const shapeAt = (at: Point) => {
    const under = bench.annotations().filter(({ shape }) => hits(shape, at, reach(6)))
    return under.findLast(({ objectId }) => useHand.getState().selected.has(objectId)) ?? smallest(under)
  }
  return {
    wants: ({ at }) =>
      handleAt(at) !== null || shapeAt(at) !== undefined || useHand.getState().selected.size > 0,
    cursorAt: ({ at }) => {
      const hit = handleAt(at)
      if (hit) return hit.handle.kind === 'turn' ? 'grab' : 'crosshair'
      const one = shapeAt(at)
      if (!one) return ''
      return useHand.getState().selected.has(one.objectId) ? 'move' : 'pointer'
    },
    press(place) {
      const hit = handleAt(place.at)
      if (hit) {
        const { one, handle } = hit
        if (place.alt && one.shape.kind === 'polygon') return withoutPoint(bench, one, handle.id)
        held = { one, handle: handle.id, from: place, shape: one.shape }
        return
      }
      const one = shapeAt(place.at)
      if (!one) return select()
      if (place.ctrl) return toggleSelected(one.objectId)
      if (useHand.getState().selected.has(one.objectId))
        held = { one, handle: null, from: place, shape: one.shape }
      else select(one.objectId)
    },
    drag(place) {
      if (!held) return
      const { one, handle, from } = held
      const way: Point = [place.at[0] - from.at[0], place.at[1] - from.at[1]]
      held.shape =
        handle === null ? movedBy(one.shape, way) : withHandle(one.shape, handle, place.at, place.ctrl)
      bench.redraw()
    },
    release(place) {
      const done = held
      held = null
      bench.redraw()
      if (!done || apart(done.from.screen, place.screen) < clickReach) return
      const { one, shape, handle } = done
      if (shape.kind === 'mask' && areaOfRle(shape.mask) === 0) return remove(bench.desk, [one])
      reshape(bench.desk, one, shape, handle === null ? 'move' : 'edit')
    },
    cancel() {
      const had = held !== null
      held = null
      bench.redraw()
      return had
    },
    draft: () => held && { kind: 'shape', shape: held.shape, instead: held.one.id },
  }
}

/** What lies under the pointer and reaches least far: small things within large ones can be had. */
function smallest(under: readonly Annotation[]): Annotation | undefined {
  const size = ({ shape }: Annotation) => areaOf(shape)
  return [...under].reverse().sort((left, right) => size(left) - size(right))[0]
}

function withoutPoint(bench: Bench, one: Annotation, handle: string): void {
  if (one.shape.kind !== 'polygon') return
  const [part, of, point] = handle.split('-').map(Number)
  const ring = one.shape.parts[part ?? 0]?.[of ?? 0]
  if (!ring || ring.length <= 3) return
  const parts = one.shape.parts.map((rings, p) =>
    p === part ? rings.map((each, r) => (r === of ? each.filter((_, i) => i !== point) : each)) : rings,
  )
  reshape(bench.desk, one, { kind: 'polygon', parts })
}
