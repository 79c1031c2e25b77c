import type { Shape } from '#shared/domain/annotation/shape'
import { outlineOf } from '#shared/geometry/shapes/outline'
import { partsOf } from '#shared/geometry/shapes/parts'

const paths = new WeakMap<Shape, Path2D>()

/** The outline of a shape in image pixels; reckoned once, for shapes are never changed in place. */
export function pathOf(shape: Shape): Path2D {
  const known = paths.get(shape)
  if (known) return known
  const path = makePath(shape)
  paths.set(shape, path)
  return path
}

function makePath(shape: Shape): Path2D {
  const path = new Path2D()
  switch (shape.kind) {
    case 'box':
    case 'polygon':
      for (const rings of partsOf(shape)) for (const ring of rings) trace(path, ring, true)
      return path
    case 'mask':
      for (const rings of outlineOf(shape.mask)) for (const ring of rings) trace(path, ring, true)
      return path
    case 'ellipse': {
      const { centre, radii, angle } = shape
      path.ellipse(centre[0], centre[1], radii[0], radii[1], (angle * Math.PI) / 180, 0, 2 * Math.PI)
      return path
    }
    case 'line':
    case 'angle':
      trace(path, shape.points, false)
      return path
    case 'point':
    case 'tag':
      return path
  }
}

function trace(path: Path2D, points: readonly (readonly [number, number])[], closed: boolean): void {
  const [first, ...others] = points
  if (first) path.moveTo(...first)
  for (const [x, y] of others) path.lineTo(x, y)
  if (closed) path.closePath()
}

/** Whether a shape has an inside that is filled. */
export const isArea = ({ kind }: Shape) =>
  kind === 'box' || kind === 'polygon' || kind === 'mask' || kind === 'ellipse'
