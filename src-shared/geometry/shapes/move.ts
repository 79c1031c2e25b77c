import type { Point, Ring, Shape } from '../../domain/annotation/shape'
import { cropOf, pasteCrop } from './crop'

/** The shape moved by pixels; a mask by whole ones, and it is cut where it leaves its image. */
export function movedBy(shape: Shape, [dx, dy]: Point): Shape {
  const move = ([x, y]: Point): Point => [x + dx, y + dy]
  switch (shape.kind) {
    case 'box': {
      const [x, y, width, height] = shape.box
      return { ...shape, box: [x + dx, y + dy, width, height] }
    }
    case 'polygon':
      return { ...shape, parts: shape.parts.map((rings) => rings.map((ring): Ring => ring.map(move))) }
    case 'mask': {
      const { box, mask } = cropOf(shape.mask)
      const [x, y, width, height] = box
      const place: typeof box = [x + Math.round(dx), y + Math.round(dy), width, height]
      return { ...shape, mask: pasteCrop({ box: place, mask }, shape.mask.rows, shape.mask.columns) }
    }
    case 'ellipse':
      return { ...shape, centre: move(shape.centre) }
    case 'point':
      return { ...shape, point: move(shape.point) }
    case 'line':
      return { ...shape, points: shape.points.map(move) }
    case 'angle': {
      const [first, vertex, second] = shape.points
      return { ...shape, points: [move(first), move(vertex), move(second)] }
    }
    case 'tag':
      return shape
  }
}
