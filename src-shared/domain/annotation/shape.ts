import { z } from 'zod'
import { box, rle } from '../finding'

/** [x, y] in pixels of the stored image, from the corner of its first pixel; x to the right, y down. */
export const point = z.tuple([z.number(), z.number()])
export type Point = z.infer<typeof point>

/** A closed line: the last point is joined to the first. */
export const ring = z.array(point).min(3)
export type Ring = z.infer<typeof ring>

/** Degrees, clockwise on the screen, about the middle of the shape. */
const angle = z.number()

export const shapeKinds = ['box', 'polygon', 'mask', 'ellipse', 'point', 'line', 'angle', 'tag'] as const

/** Where an annotation lies on its image. */
export const shape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('box'), box, angle: angle.default(0) }),
  /** One or more areas, each an outer ring and the rings of its holes. */
  z.object({ kind: z.literal('polygon'), parts: z.array(z.array(ring).min(1)).min(1) }),
  z.object({ kind: z.literal('mask'), mask: rle }),
  /** `radii` along the ellipse's own axes, before it is turned by `angle`. */
  z.object({ kind: z.literal('ellipse'), centre: point, radii: point, angle: angle.default(0) }),
  z.object({ kind: z.literal('point'), point }),
  /** Two points measure a length, more of them the length of a path. */
  z.object({ kind: z.literal('line'), points: z.array(point).min(2) }),
  /** First arm, vertex, second arm. */
  z.object({ kind: z.literal('angle'), points: z.tuple([point, point, point]) }),
  /** Says something of the whole image, or of the study where the annotation has no image. */
  z.object({ kind: z.literal('tag') }),
])
export type Shape = z.infer<typeof shape>
export type ShapeKind = Shape['kind']
