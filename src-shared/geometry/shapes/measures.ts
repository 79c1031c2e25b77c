import type { Point, Shape } from '../../domain/annotation/shape'
import { areaOf, partsOf } from './parts'

/** Distance of rows, then of columns, in millimetres. */
export type Spacing = readonly [number, number]

/** What can be measured of a shape; in millimetres where the spacing is known, else in pixels. */
export interface Measures {
  unit: 'mm' | 'px'
  /** mm² or px². */
  area: number | null
  /** Of a line or path. */
  length: number | null
  /** Around an area. */
  perimeter: number | null
  /** Degrees between the arms of an angle, from 0 to 180. */
  angle: number | null
  /** Width and height of a box, or the axes of an ellipse. */
  sides: readonly [number, number] | null
}

/** Measures a shape; pixels need not be square. */
export function measure(shape: Shape, spacing: Spacing | null): Measures {
  const [down, across] = spacing ?? [1, 1]
  const none: Measures = {
    unit: spacing ? 'mm' : 'px',
    area: null,
    length: null,
    perimeter: null,
    angle: null,
    sides: null,
  }
  const place = ([x, y]: Point): Point => [x * across, y * down]
  switch (shape.kind) {
    case 'box': {
      const [, , width, height] = shape.box
      return {
        ...none,
        area: areaOf(shape) * down * across,
        sides: turnedSides([width, height], shape.angle, [down, across]),
      }
    }
    case 'ellipse': {
      const axes: Point = [shape.radii[0] * 2, shape.radii[1] * 2]
      return {
        ...none,
        area: areaOf(shape) * down * across,
        sides: turnedSides(axes, shape.angle, [down, across]),
      }
    }
    case 'mask':
      return { ...none, area: areaOf(shape) * down * across }
    case 'polygon': {
      const rings = partsOf(shape).map(([outer = []]) => outer.map(place))
      const perimeter = rings.reduce((sum, ring) => sum + pathLength([...ring, ...ring.slice(0, 1)]), 0)
      return { ...none, area: areaOf(shape) * down * across, perimeter }
    }
    case 'line':
      return { ...none, length: pathLength(shape.points.map(place)) }
    case 'angle': {
      const [first, vertex, second] = shape.points
      return { ...none, angle: angleBetween(place(first), place(vertex), place(second)) }
    }
    case 'point':
    case 'tag':
      return none
  }
}

/** Lengths of the two sides of a turned box; each has a direction, and spacing may differ by direction. */
function turnedSides([width, height]: Point, angle: number, [down, across]: Spacing): [number, number] {
  const turn = (angle * Math.PI) / 180
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  return [width * Math.hypot(cos * across, sin * down), height * Math.hypot(sin * across, cos * down)]
}

export function pathLength(points: readonly Point[]): number {
  return points.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = points[at + 1] ?? [x, y]
    return sum + Math.hypot(nextX - x, nextY - y)
  }, 0)
}

function angleBetween(first: Point, vertex: Point, second: Point): number {
  const [ax, ay] = [first[0] - vertex[0], first[1] - vertex[1]]
  const [bx, by] = [second[0] - vertex[0], second[1] - vertex[1]]
  return (Math.atan2(Math.abs(ax * by - ay * bx), ax * bx + ay * by) * 180) / Math.PI
}
