import type { Annotation } from '../domain/annotation/annotation'
import type { Rle } from '../domain/finding'
import { areaOfRle, overlapOfRle } from '../geometry/rle'
import { measure } from '../geometry/shapes/measures'
import { maskOf } from '../geometry/shapes/parts'

/** Size of an image, and how large its pixels are. */
export interface ImageSize {
  rows: number
  columns: number
  spacing: readonly [number, number] | null
}

/** What one reader says of one object, on all images it is seen on. */
export interface ReadObject {
  objectId: string
  label: string
  /** Of each image. */
  masks: ReadonlyMap<number, Rle>
  /** Pixels in all. */
  area: number
  /** Longest line or sum of areas in mm or mm² (px without spacing): what readers measured; null for none. */
  measure: number | null
  annotations: readonly Annotation[]
}

/** The objects among a reader's annotations; tags, and what was rejected, are none. */
export function objectsOf(
  annotations: readonly Annotation[],
  images: ReadonlyMap<number, ImageSize>,
): ReadObject[] {
  const placed = annotations.filter(
    ({ shape, state, imageId }) => shape.kind !== 'tag' && state !== 'rejected' && imageId !== null,
  )
  return [...Map.groupBy(placed, ({ objectId }) => objectId)].flatMap(([objectId, own]) => {
    const [first] = own
    if (!first) return []
    const masks = new Map<number, Rle>()
    for (const { imageId, shape } of own) {
      const size = imageId === null ? undefined : images.get(imageId)
      const mask = size && imageId !== null ? maskOf(shape, size.rows, size.columns) : null
      if (mask && imageId !== null) masks.set(imageId, mask)
    }
    const area = [...masks.values()].reduce((sum, mask) => sum + areaOfRle(mask), 0)
    return [{ objectId, label: first.label, masks, area, measure: measureOf(own, images), annotations: own }]
  })
}

function measureOf(own: readonly Annotation[], images: ReadonlyMap<number, ImageSize>): number | null {
  const measures = own.map(({ shape, imageId }) =>
    measure(shape, (imageId === null ? null : images.get(imageId)?.spacing) ?? null),
  )
  const lengths = measures.flatMap(({ length }) => length ?? [])
  if (lengths.length > 0) return Math.max(...lengths)
  const areas = measures.flatMap(({ area }) => area ?? [])
  return areas.length > 0 ? areas.reduce((sum, area) => sum + area, 0) : null
}

/** Pixels that both objects have, over all images. */
export function sharedPixels(left: ReadObject, right: ReadObject): number {
  let shared = 0
  for (const [image, mask] of left.masks) {
    const other = right.masks.get(image)
    if (other) shared += overlapOfRle(mask, other)
  }
  return shared
}

/** Intersection over union of two objects over all images, from 0 to 1. */
export function overlapOf(left: ReadObject, right: ReadObject): number {
  const shared = sharedPixels(left, right)
  const union = left.area + right.area - shared
  return union > 0 ? shared / union : 0
}

/** Dice coefficient of two objects over all images, from 0 to 1. */
export function diceOf(left: ReadObject, right: ReadObject): number {
  const both = left.area + right.area
  return both > 0 ? (2 * sharedPixels(left, right)) / both : 0
}
