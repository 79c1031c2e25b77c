import type { Point, Shape } from '#shared/domain/annotation/shape'

/** Pixels by which the sides of a drawn rectangle may miss each other: coordinates are single floats. */
const EVEN = 1e-2

/** Shapes of the coordinates of a report; several for MULTIPOINT, none where they make no sense. */
export function shapesOf(type: string, points: readonly Point[], options: { angle: boolean }): Shape[] {
  const [first, second, third, fourth] = points
  if (!first) return []
  switch (type) {
    case 'POINT':
    case 'MULTIPOINT':
      return points.map((point) => ({ kind: 'point', point }))
    case 'CIRCLE':
      return second ? [circle(first, second)] : []
    case 'ELLIPSE':
      return second && third && fourth ? [ellipse(first, second, third, fourth)] : []
    case 'POLYLINE':
    case 'POLYGON':
    case 'MULTISEGMENT':
      return line(points, type === 'POLYGON', options.angle)
    default:
      return []
  }
}

function line(points: readonly Point[], area: boolean, angle: boolean): Shape[] {
  const [first, second, third] = points
  const last = points.at(-1)
  if (!first || !second || !last) return []
  const closed = points.length > 3 && distance(first, last) < EVEN
  if (closed || (area && points.length > 2)) {
    const ring = closed ? points.slice(0, -1) : [...points]
    return [rectangle(ring) ?? { kind: 'polygon', parts: [[ring]] }]
  }
  if (angle && third && points.length === 3) return [{ kind: 'angle', points: [first, second, third] }]
  return [{ kind: 'line', points: [...points] }]
}

/** Four corners at right angles, the first one being the top left before it was turned. */
function rectangle(ring: readonly Point[]): Shape | null {
  const [a, b, c, d] = ring
  if (!a || !b || !c || !d || ring.length !== 4) return null
  const even = distance(middle(a, c), middle(b, d)) < EVEN && Math.abs(distance(a, c) - distance(b, d)) < EVEN
  const [width, height] = [distance(a, b), distance(b, c)]
  if (!even || width < EVEN || height < EVEN) return null
  // the other way round, or mirrored, it is a polygon like any other
  if ((b[0] - a[0]) * (d[1] - a[1]) - (b[1] - a[1]) * (d[0] - a[0]) <= 0) return null
  const [x, y] = middle(a, c)
  const turned = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI
  const angle = Math.abs(turned) < EVEN ? 0 : turned
  const corner: Point = angle === 0 ? a : [x - width / 2, y - height / 2]
  return { kind: 'box', box: [...corner, width, height], angle }
}

function circle(centre: Point, edge: Point): Shape {
  const radius = distance(centre, edge)
  return { kind: 'ellipse', centre, radii: [radius, radius], angle: 0 }
}

/** From the ends of the major axis, then of the minor one. */
function ellipse(a: Point, b: Point, c: Point, d: Point): Shape {
  const angle = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI
  return {
    kind: 'ellipse',
    centre: middle(a, b),
    radii: [distance(a, b) / 2, distance(c, d) / 2],
    angle: Math.abs(angle) < 1e-3 ? 0 : angle,
  }
}

const distance = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1])
const middle = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
