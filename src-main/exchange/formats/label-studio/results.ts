import { z } from 'zod'
import { type Point, point, type Shape } from '#shared/domain/annotation/shape'
import { LeptonError } from '#shared/domain/fault'
import { encodeRle } from '#shared/geometry/rle'
import { turned } from '#shared/geometry/shapes/extent'
import { maskOf } from '#shared/geometry/shapes/parts'
import type { ImageIdentity } from '../../types'
import { checked } from '../common/read-file'
import { decodeBrush, encodeBrush } from './brush-rle'

/** A region as Label Studio keeps it: percent of the picture, angles in degrees clockwise. */
export interface Region {
  type: string
  value: Record<string, unknown>
  /** What of the shape it cannot say. */
  lost: string | null
}

/** Null for what Label Studio has no region for, and for areas without a pixel. */
export function regionOf(shape: Shape, label: string, image: ImageIdentity): Region | null {
  const { rows, columns } = image
  const across = (value: number) => (value / columns) * 100
  const down = (value: number) => (value / rows) * 100
  const region = (type: string, value: Record<string, unknown>, lost: string | null = null) => ({
    type,
    value: { ...value, [type]: [label] },
    lost,
  })
  switch (shape.kind) {
    case 'box': {
      const [x, y, width, height] = shape.box
      // boxes turn about their first corner there
      const [left, top] = turned([x, y], [x + width / 2, y + height / 2], shape.angle)
      const place = { x: across(left), y: down(top), width: across(width), height: down(height) }
      return region('rectanglelabels', { ...place, rotation: shape.angle })
    }
    case 'ellipse': {
      const place = { x: across(shape.centre[0]), y: down(shape.centre[1]) }
      const radii = { radiusX: across(shape.radii[0]), radiusY: down(shape.radii[1]) }
      return region('ellipselabels', { ...place, ...radii, rotation: shape.angle })
    }
    case 'polygon': {
      const [first, ...more] = shape.parts
      if (first && more.length === 0 && first.length === 1) {
        const points = (first[0] ?? []).map(([x, y]) => [across(x), down(y)])
        return region('polygonlabels', { points, closed: true })
      }
      const mask = maskOf(shape, rows, columns)
      return (
        mask && region('brushlabels', { format: 'rle', rle: encodeBrush(mask) }, 'holes and separate parts')
      )
    }
    case 'mask':
      return region('brushlabels', { format: 'rle', rle: encodeBrush(shape.mask) })
    case 'point':
      return region('keypointlabels', { x: across(shape.point[0]), y: down(shape.point[1]), width: 0.5 })
    case 'tag':
      return { type: 'choices', value: { choices: [label] }, lost: null }
    default:
      return null
  }
}

const labels = z.array(z.string()).min(1)
const turn = { rotation: z.number().default(0) }
const values = {
  rectanglelabels: z.object({
    x: z.number(),
    y: z.number(),
    width: z.number(),
    height: z.number(),
    ...turn,
    rectanglelabels: labels,
  }),
  ellipselabels: z.object({
    x: z.number(),
    y: z.number(),
    radiusX: z.number(),
    radiusY: z.number(),
    ...turn,
    ellipselabels: labels,
  }),
  polygonlabels: z.object({ points: z.array(point).min(3), polygonlabels: labels }),
  brushlabels: z.object({
    format: z.literal('rle'),
    rle: z.array(z.number().int().min(0).max(255)),
    brushlabels: labels,
  }),
  keypointlabels: z.object({ x: z.number(), y: z.number(), keypointlabels: labels }),
  choices: z.object({ choices: labels }),
}

/** Label and shape of a region. @throws INPUT_INVALID or a complaint of its fields */
export function shapeOf(
  type: string,
  value: unknown,
  image: ImageIdentity,
): { labels: string[]; shape: Shape } {
  const { rows, columns } = image
  const across = (percent: number) => (percent / 100) * columns
  const down = (percent: number) => (percent / 100) * rows
  switch (type) {
    case 'rectanglelabels': {
      const one = checked(values.rectanglelabels, value, type)
      const [width, height] = [across(one.width), down(one.height)]
      const corner: Point = [across(one.x), down(one.y)]
      const middle = turned([corner[0] + width / 2, corner[1] + height / 2], corner, one.rotation)
      const box: [number, number, number, number] = [
        middle[0] - width / 2,
        middle[1] - height / 2,
        width,
        height,
      ]
      return { labels: one.rectanglelabels, shape: { kind: 'box', box, angle: one.rotation } }
    }
    case 'ellipselabels': {
      const one = checked(values.ellipselabels, value, type)
      const radii: Point = [across(one.radiusX), down(one.radiusY)]
      const centre: Point = [across(one.x), down(one.y)]
      return { labels: one.ellipselabels, shape: { kind: 'ellipse', centre, radii, angle: one.rotation } }
    }
    case 'polygonlabels': {
      const one = checked(values.polygonlabels, value, type)
      const ring = one.points.map(([x, y]): Point => [across(x), down(y)])
      return { labels: one.polygonlabels, shape: { kind: 'polygon', parts: [[ring]] } }
    }
    case 'brushlabels': {
      const one = checked(values.brushlabels, value, type)
      const mask = encodeRle(decodeBrush(one.rle, rows, columns), rows, columns)
      return { labels: one.brushlabels, shape: { kind: 'mask', mask } }
    }
    case 'keypointlabels': {
      const one = checked(values.keypointlabels, value, type)
      return { labels: one.keypointlabels, shape: { kind: 'point', point: [across(one.x), down(one.y)] } }
    }
    case 'choices':
      return { labels: checked(values.choices, value, type).choices, shape: { kind: 'tag' } }
    default:
      throw new LeptonError('INPUT_INVALID', { expected: Object.keys(values).join(', '), received: type })
  }
}
