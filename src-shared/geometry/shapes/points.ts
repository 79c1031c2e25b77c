import type { Point, Shape } from '../../domain/annotation/shape'

/** The pairs of numbers that define a shape, extents among them; none of masks and tags. */
export function definingPoints(shape: Shape): readonly Point[] {
  switch (shape.kind) {
    case 'box':
      return [
        [shape.box[0], shape.box[1]],
        [shape.box[2], shape.box[3]],
      ]
    case 'polygon':
      return shape.parts.flat(2)
    case 'ellipse':
      return [shape.centre, shape.radii]
    case 'point':
      return [shape.point]
    case 'line':
    case 'angle':
      return shape.points
    case 'mask':
    case 'tag':
      return []
  }
}
