import type { SchemaLabel } from '#shared/domain/annotation/label-schema'
import type { Rle } from '#shared/domain/finding'
import { areaOfRle, decodeRle, encodeRle, forEachSetRun } from '#shared/geometry/rle'
import { maskOf } from '#shared/geometry/shapes/parts'
import type { ExportAnnotation, ExportSeries, ExportSet, ImageIdentity } from '../../types'

/** Who made a segment (PS3.3, C.8.20.2). */
export type Algorithm =
  | { type: 'MANUAL' }
  | { type: 'AUTOMATIC' | 'SEMIAUTOMATIC'; model: string; version: string }

/** The area of one object on one image. */
export interface SegmentSlice {
  image: ImageIdentity
  /** Place of the image in the series, from 0. */
  place: number
  mask: Rle
}

/** One object with its areas: a segment of a segmentation. */
export interface Segment {
  /** From 1. */
  number: number
  objectId: string
  label: SchemaLabel
  /** Number among the objects of its label, from 1. */
  ordinal: number
  /** Whether there are several objects of its label. */
  numbered: boolean
  algorithm: Algorithm
  annotations: readonly ExportAnnotation[]
  /** In stack order; at least one, none of them empty. */
  slices: readonly SegmentSlice[]
}

/** The objects of a series that have an area and are no boxes, by label, then in the order of their first slice. */
export function segmentsOf({ images }: ExportSeries, { labels }: ExportSet): Segment[] {
  const objects = new Map<string, { annotations: ExportAnnotation[]; slices: SegmentSlice[] }>()
  for (const [place, { identity, annotations }] of images.entries()) {
    const areas = annotations.filter(({ shape: { kind } }) => ['mask', 'polygon', 'ellipse'].includes(kind))
    for (const [objectId, own] of Map.groupBy(areas, ({ objectId }) => objectId)) {
      const mask = unionOf(own, identity)
      if (!mask) continue
      const object = objects.get(objectId) ?? { annotations: [], slices: [] }
      objects.set(objectId, object)
      object.annotations.push(...own)
      object.slices.push({ image: identity, place, mask })
    }
  }
  const byLabel = Map.groupBy(objects, ([, { annotations }]) => annotations[0]?.label ?? '')
  let number = 0
  return [...labels.values()].flatMap((label) => {
    const own = byLabel.get(label.key) ?? []
    return own.map(([objectId, { annotations, slices }], index) => ({
      number: ++number,
      objectId,
      label,
      ordinal: index + 1,
      numbered: own.length > 1,
      algorithm: algorithmOf(annotations),
      annotations,
      slices,
    }))
  })
}

/** What a person calls a segment. */
export const nameOf = ({ label, ordinal, numbered }: Pick<Segment, 'label' | 'ordinal' | 'numbered'>) =>
  numbered ? `${label.name.en} ${ordinal}` : label.name.en

/** Regions that a model drew and nobody changed are automatic; corrected or completed ones half so. */
export function algorithmOf(annotations: readonly ExportAnnotation[]): Algorithm {
  const origin = annotations.find((one) => one.origin !== null)?.origin
  if (!origin) return { type: 'MANUAL' }
  const untouched = annotations.every(({ state }) => state === 'proposed' || state === 'accepted')
  return {
    type: untouched ? 'AUTOMATIC' : 'SEMIAUTOMATIC',
    model: origin.modelId,
    version: origin.modelVersion,
  }
}

function unionOf(annotations: readonly ExportAnnotation[], { rows, columns }: ImageIdentity): Rle | null {
  const masks = annotations.flatMap(({ shape }) => {
    const mask = maskOf(shape, rows, columns)
    return mask && areaOfRle(mask) > 0 ? mask : []
  })
  const [first, ...others] = masks
  if (!first) return null
  if (others.length === 0) return first
  const pixels = decodeRle(first)
  for (const mask of others) forEachSetRun(mask, (start, length) => pixels.fill(1, start, start + length))
  return encodeRle(pixels, rows, columns)
}
