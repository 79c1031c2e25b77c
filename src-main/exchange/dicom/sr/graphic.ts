import type { Point, Shape } from '#shared/domain/annotation/shape'
import { cornersOf, turned } from '#shared/geometry/shapes/extent'
import type { Graphic } from './content'

/** A shape as coordinates of its image; null for masks, tags and areas of several rings, which a line cannot hold. */
export function graphicOf(shape: Shape): Graphic | null {
  switch (shape.kind) {
    case 'box':
      return closed(cornersOf(shape.box, shape.angle))
    case 'polygon': {
      const [part, ...others] = shape.parts
      const [ring, ...holes] = part ?? []
      return ring && others.length === 0 && holes.length === 0 ? closed(ring) : null
    }
    case 'ellipse':
      return ellipse(shape)
    case 'point':
      return { type: 'POINT', data: shape.point }
    case 'line':
    case 'angle':
      return { type: 'POLYLINE', data: shape.points.flat() }
    default:
      return null
  }
}

/** The last point repeats the first one (PS3.3, C.18.6.1.2). */
const closed = (ring: readonly Point[]): Graphic => ({
  type: 'POLYLINE',
  data: [...ring, ...ring.slice(0, 1)].flat(),
})

/** Ends of the major axis, then of the minor one. */
function ellipse({ centre, radii, angle }: Extract<Shape, { kind: 'ellipse' }>): Graphic {
  const [x, y] = centre
  const across: Point[] = [
    [x - radii[0], y],
    [x + radii[0], y],
  ]
  const down: Point[] = [
    [x, y - radii[1]],
    [x, y + radii[1]],
  ]
  const axes = radii[0] >= radii[1] ? [...across, ...down] : [...down, ...across]
  return { type: 'ELLIPSE', data: axes.flatMap((end) => turned(end, centre, angle)) }
}
