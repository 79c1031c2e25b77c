import type { Point, Ring, Shape } from '../../domain/annotation/shape'
import type { Rle } from '../../domain/finding'
import { areaOfRle, encodeRle } from '../rle'
import { cornersOf, turned } from './extent'
import { fillParts } from './fill'
import { outlineOf } from './outline'

const ellipseCorners = 72

/** The areas of a shape as rings (outer, then holes); none for points, lines, angles and tags. */
export function partsOf(shape: Shape): Ring[][] {
  switch (shape.kind) {
    case 'box':
      return [[cornersOf(shape.box, shape.angle)]]
    case 'polygon':
      return shape.parts
    case 'mask':
      return outlineOf(shape.mask)
    case 'ellipse':
      return [[ellipseRing(shape)]]
    default:
      return []
  }
}

function ellipseRing({ centre, radii, angle }: Extract<Shape, { kind: 'ellipse' }>): Ring {
  return Array.from({ length: ellipseCorners }, (_, i) => {
    const at = (2 * Math.PI * i) / ellipseCorners
    const point: Point = [centre[0] + radii[0] * Math.cos(at), centre[1] + radii[1] * Math.sin(at)]
    return angle === 0 ? point : turned(point, centre, angle)
  })
}

/** Area of a shape in pixels; 0 where it has none. */
export function areaOf(shape: Shape): number {
  if (shape.kind === 'mask') return areaOfRle(shape.mask)
  if (shape.kind === 'box') return shape.box[2] * shape.box[3]
  if (shape.kind === 'ellipse') return Math.PI * shape.radii[0] * shape.radii[1]
  return partsOf(shape)
    .map(([outer = [], ...holes]) =>
      holes.reduce((area, hole) => area - Math.abs(signedArea(hole)), Math.abs(signedArea(outer))),
    )
    .reduce((sum, area) => sum + area, 0)
}

/** Area within a ring, positive where it runs clockwise on the screen. */
export function signedArea(ring: Ring): number {
  let twice = 0
  ring.forEach(([x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] ?? [x, y]
    twice += x * nextY - nextX * y
  })
  return twice / 2
}

/** The pixels whose centres lie in a shape, as a mask of the image; null where there are none. */
export function maskOf(shape: Shape, rows: number, columns: number): Rle | null {
  if (shape.kind === 'mask') return shape.mask
  const pixels = new Uint8Array(rows * columns)
  fillParts(pixels, rows, columns, partsOf(shape))
  return pixels.includes(1) ? encodeRle(pixels, rows, columns) : null
}
