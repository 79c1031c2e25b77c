import type { Point, Ring, Shape } from '../../domain/annotation/shape'
import { cornersOf, turned } from './extent'

/** A point of a shape that can be taken hold of. */
export interface Handle {
  id: string
  at: Point
  kind: 'corner' | 'edge' | 'point' | 'turn'
}

/** Beyond this many points a polygon is changed by brush or redrawn. */
const mostPoints = 300

const between = ([ax, ay]: Point, [bx, by]: Point): Point => [(ax + bx) / 2, (ay + by) / 2]

/** Where a shape can be taken hold of; `arm` is the length in pixels by which the turning handle stands off. */
export function handlesOf(shape: Shape, arm: number): Handle[] {
  switch (shape.kind) {
    case 'box': {
      const [x, y, width, height] = shape.box
      const middle: Point = [x + width / 2, y + height / 2]
      const corners = cornersOf(shape.box, shape.angle)
      const edges = corners.map((corner, at) => between(corner, corners[(at + 1) % 4] ?? corner))
      return [
        ...corners.map((at, id): Handle => ({ id: `corner-${id}`, at, kind: 'corner' })),
        ...edges.map((at, id): Handle => ({ id: `edge-${id}`, at, kind: 'edge' })),
        { id: 'turn', at: turned([middle[0], y - arm], middle, shape.angle), kind: 'turn' },
      ]
    }
    case 'ellipse': {
      const { centre, radii, angle } = shape
      const axis = (dx: number, dy: number) => turned([centre[0] + dx, centre[1] + dy], centre, angle)
      return [
        { id: 'axis-0', at: axis(radii[0], 0), kind: 'edge' },
        { id: 'axis-1', at: axis(0, radii[1]), kind: 'edge' },
        { id: 'axis-2', at: axis(-radii[0], 0), kind: 'edge' },
        { id: 'axis-3', at: axis(0, -radii[1]), kind: 'edge' },
        { id: 'turn', at: axis(0, -radii[1] - arm), kind: 'turn' },
      ]
    }
    case 'polygon': {
      const points = shape.parts.flatMap((rings, part) =>
        rings.flatMap((ring, of) =>
          ring.map((at, point): Handle => ({ id: `${part}-${of}-${point}`, at, kind: 'point' })),
        ),
      )
      return points.length > mostPoints ? [] : points
    }
    case 'line':
    case 'angle':
      return shape.points.map((at, id) => ({ id: String(id), at, kind: 'point' }))
    case 'point':
      return [{ id: '0', at: shape.point, kind: 'point' }]
    case 'mask':
    case 'tag':
      return []
  }
}

/** The shape with one of its handles moved to a place; `square` keeps turns to steps of 15°. */
export function withHandle(shape: Shape, id: string, to: Point, steps = false): Shape {
  switch (shape.kind) {
    case 'box':
      return boxWith(shape, id, to, steps)
    case 'ellipse':
      return ellipseWith(shape, id, to, steps)
    case 'polygon': {
      const [part, of, point] = id.split('-').map(Number)
      const parts = shape.parts.map((rings, p) =>
        p === part
          ? rings.map((ring, r): Ring => (r === of ? ring.map((at, i) => (i === point ? to : at)) : ring))
          : rings,
      )
      return { ...shape, parts }
    }
    case 'line':
      return { ...shape, points: shape.points.map((at, i) => (String(i) === id ? to : at)) }
    case 'angle': {
      const [first, vertex, second] = shape.points.map((at, i) => (String(i) === id ? to : at))
      return first && vertex && second ? { ...shape, points: [first, vertex, second] } : shape
    }
    case 'point':
      return { ...shape, point: to }
    case 'mask':
    case 'tag':
      return shape
  }
}

const degreesTo = ([cx, cy]: Point, [x, y]: Point, steps: boolean) => {
  const degrees = (Math.atan2(x - cx, cy - y) * 180) / Math.PI
  return steps ? Math.round(degrees / 15) * 15 : degrees
}

function boxWith(shape: Extract<Shape, { kind: 'box' }>, id: string, to: Point, steps: boolean): Shape {
  const [x, y, width, height] = shape.box
  const middle: Point = [x + width / 2, y + height / 2]
  if (id === 'turn') return { ...shape, angle: degreesTo(middle, to, steps) }
  const [kind, name] = id.split('-')
  const at = Number(name)
  const local = turned(to, middle, -shape.angle)
  const opposite: Point =
    kind === 'corner'
      ? [at === 0 || at === 3 ? x + width : x, at < 2 ? y + height : y]
      : [at === 3 ? x + width : x, at === 0 ? y + height : y]
  const [fixX, fixY] = opposite
  const freeX = kind === 'corner' || at % 2 === 1
  const freeY = kind === 'corner' || at % 2 === 0
  const sides: Point = [freeX ? local[0] - fixX : width, freeY ? local[1] - fixY : height]
  // the opposite side stays where it is on the picture, also of a box that is turned
  const [newX, newY] = [freeX ? Math.min(fixX, local[0]) : x, freeY ? Math.min(fixY, local[1]) : y]
  const [newWidth, newHeight] = [Math.max(1e-3, Math.abs(sides[0])), Math.max(1e-3, Math.abs(sides[1]))]
  const centre = turned([newX + newWidth / 2, newY + newHeight / 2], middle, shape.angle)
  return { ...shape, box: [centre[0] - newWidth / 2, centre[1] - newHeight / 2, newWidth, newHeight] }
}

function ellipseWith(
  shape: Extract<Shape, { kind: 'ellipse' }>,
  id: string,
  to: Point,
  steps: boolean,
): Shape {
  if (id === 'turn') return { ...shape, angle: degreesTo(shape.centre, to, steps) }
  const local = turned(to, shape.centre, -shape.angle)
  const across = id === 'axis-0' || id === 'axis-2'
  const radius = Math.max(0.5, Math.abs(across ? local[0] - shape.centre[0] : local[1] - shape.centre[1]))
  return { ...shape, radii: across ? [radius, shape.radii[1]] : [shape.radii[0], radius] }
}
