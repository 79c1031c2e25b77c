import { encode } from 'fast-png'
import { z } from 'zod'
import { type Point, point, type Shape } from '#shared/domain/annotation/shape'
import { LeptonError } from '#shared/domain/fault'
import { decodeRle, encodeRle } from '#shared/geometry/rle'
import { cornersOf, extentOf } from '#shared/geometry/shapes/extent'
import { partsOf } from '#shared/geometry/shapes/parts'
import type { ImageIdentity } from '../../types'
import { smallPng } from '../common/small-png'

/** A shape as LabelMe keeps it. */
export const labelMeShape = z.object({
  label: z.string(),
  points: z.array(point),
  shape_type: z.string().default('polygon'),
  group_id: z.union([z.string(), z.number()]).nullish(),
  description: z.string().nullish(),
  mask: z.string().nullish(),
})

export interface LabelMeFields {
  shape_type: string
  points: Point[]
  mask: string | null
  /** Whether it says the shape as it is. */
  exact: boolean
}

/** LabelMe's shapes for one of ours: a polygon for each part. Null for tags. */
export function fieldsOf(shape: Shape): LabelMeFields[] | null {
  const one = (shape_type: string, points: Point[], exact = true): LabelMeFields[] => [
    { shape_type, points, mask: null, exact },
  ]
  switch (shape.kind) {
    case 'box': {
      const [x, y, width, height] = shape.box
      return shape.angle === 0
        ? one('rectangle', [
            [x, y],
            [x + width, y + height],
          ])
        : one('oriented_rectangle', cornersOf(shape.box, shape.angle))
    }
    case 'polygon': {
      const exact = shape.parts.length === 1 && shape.parts[0]?.length === 1
      return shape.parts.flatMap(([outer = []]) => one('polygon', outer, exact))
    }
    case 'ellipse': {
      const [x, y] = shape.centre
      const round = shape.radii[0] === shape.radii[1]
      if (!round) return one('polygon', partsOf(shape)[0]?.[0] ?? [], false)
      return one('circle', [shape.centre, [x + shape.radii[0], y]])
    }
    case 'mask':
      return maskFields(shape)
    case 'point':
      return one('point', [shape.point])
    case 'line':
      return one(shape.points.length === 2 ? 'line' : 'linestrip', shape.points)
    case 'angle':
      return one('linestrip', shape.points, false)
    case 'tag':
      return null
  }
}

/** A PNG of the box around the mask; LabelMe counts its last row and column in. */
function maskFields(shape: Extract<Shape, { kind: 'mask' }>): LabelMeFields[] | null {
  const box = extentOf(shape)
  if (!box) return null
  const [x, y, width, height] = box
  const all = decodeRle(shape.mask)
  const data = new Uint8Array(width * height)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      data[row * width + column] = all[(y + row) * shape.mask.columns + x + column] ? 255 : 0
    }
  }
  const png = encode({ width, height, data, channels: 1, depth: 8 })
  const points: Point[] = [
    [x, y],
    [x + width - 1, y + height - 1],
  ]
  return [{ shape_type: 'mask', points, mask: Buffer.from(png).toString('base64'), exact: true }]
}

/** @throws INPUT_INVALID */
export function shapeOf(fields: z.infer<typeof labelMeShape>, image: ImageIdentity): Shape {
  const { points, shape_type: kind } = fields
  const [a, b] = points
  switch (kind) {
    case 'polygon':
      if (points.length >= 3) return { kind: 'polygon', parts: [[points]] }
      break
    case 'rectangle':
      if (a && b) {
        const [left, top] = [Math.min(a[0], b[0]), Math.min(a[1], b[1])]
        const box: [number, number, number, number] = [
          left,
          top,
          Math.abs(a[0] - b[0]),
          Math.abs(a[1] - b[1]),
        ]
        return { kind: 'box', box, angle: 0 }
      }
      break
    case 'oriented_rectangle':
    case 'rotation': {
      const [, , c, d] = points
      if (a && b && c && d) return turnedBox(a, b, c, d)
      break
    }
    case 'circle':
      if (a && b) {
        const radius = Math.hypot(b[0] - a[0], b[1] - a[1])
        return { kind: 'ellipse', centre: a, radii: [radius, radius], angle: 0 }
      }
      break
    case 'point':
      if (a) return { kind: 'point', point: a }
      break
    case 'line':
    case 'linestrip':
      if (points.length >= 2) return { kind: 'line', points }
      break
    case 'mask':
      if (a && fields.mask) return maskFrom(fields.mask, a, image)
  }
  throw new LeptonError('INPUT_INVALID', {
    expected: 'a shape of LabelMe with its points',
    received: `${kind} of ${points.length} points`,
  })
}

function turnedBox(a: Point, b: Point, c: Point, d: Point): Shape {
  const width = Math.hypot(b[0] - a[0], b[1] - a[1])
  const height = Math.hypot(d[0] - a[0], d[1] - a[1])
  const [x, y] = [(a[0] + c[0]) / 2, (a[1] + c[1]) / 2]
  const angle = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI
  return { kind: 'box', box: [x - width / 2, y - height / 2, width, height], angle }
}

function maskFrom(base64: string, [left, top]: Point, { rows, columns }: ImageIdentity): Shape {
  const { width, height, data, channels } = smallPng(Buffer.from(base64, 'base64'), columns, rows)
  const all = new Uint8Array(rows * columns)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [x, y] = [Math.round(left) + column, Math.round(top) + row]
      const inside = x >= 0 && y >= 0 && x < columns && y < rows
      if (inside && data[(row * width + column) * channels]) all[y * columns + x] = 1
    }
  }
  return { kind: 'mask', mask: encodeRle(all, rows, columns) }
}
