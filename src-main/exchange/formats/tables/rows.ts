import { z } from 'zod'
import { attributeValues } from '#shared/domain/annotation/annotation'
import { shape } from '#shared/domain/annotation/shape'
import { LeptonError } from '#shared/domain/fault'
import { extentOf } from '#shared/geometry/shapes/extent'
import { areaOf } from '#shared/geometry/shapes/parts'
import type { ExportSet, ImportedAnnotation, ReadContext } from '../../types'
import { findPicture, sameSize } from '../common/find-picture'
import { imported } from '../common/imported'
import { checked } from '../common/read-file'

/** One line for each annotation; an image without any has one line without a label. */
export interface Row {
  image: string
  sha256: string | null
  instance_uid: string | null
  frame: number
  part: string | null
  subject: string
  study: string | null
  modality: string | null
  width: number
  height: number
  annotation: string | null
  label: string | null
  kind: string | null
  /** The upright box around the shape, in pixels. */
  x: number | null
  y: number | null
  box_width: number | null
  box_height: number | null
  area_px: number | null
  area_mm2: number | null
  /** The whole shape as JSON. */
  shape: string | null
  object: string | null
  reader: string | null
  state: string | null
  score: number | null
  model: string | null
  note: string | null
  attributes: string | null
}

export const textColumns = [
  'image',
  'sha256',
  'instance_uid',
  'part',
  'subject',
  'study',
  'modality',
  'annotation',
  'label',
  'kind',
  'shape',
  'object',
  'reader',
  'state',
  'model',
  'note',
  'attributes',
] as const satisfies readonly (keyof Row)[]

const nothing = {
  annotation: null,
  label: null,
  kind: null,
  x: null,
  y: null,
  box_width: null,
  box_height: null,
  area_px: null,
  area_mm2: null,
  shape: null,
  object: null,
  reader: null,
  state: null,
  score: null,
  model: null,
  note: null,
  attributes: null,
}

/** Every line of a set, images in order. */
export async function* rowsOf(set: ExportSet): AsyncGenerator<Row> {
  for await (const { identity: place, images } of set.series()) {
    for (const { identity, annotations, part = null } of images) {
      const image = {
        image: identity.path,
        sha256: identity.sha256,
        instance_uid: identity.instanceUid,
        frame: identity.frame,
        part,
        subject: place.subject.label,
        study: place.study.uid,
        modality: place.series.modality,
        width: identity.columns,
        height: identity.rows,
      }
      if (annotations.length === 0) yield { ...image, ...nothing }
      for (const one of annotations) {
        const box = extentOf(one.shape)
        const area = box && areaOf(one.shape)
        const spacing = identity.geometry?.spacing
        yield {
          ...image,
          annotation: one.id,
          label: one.label,
          kind: one.shape.kind,
          x: box?.[0] ?? null,
          y: box?.[1] ?? null,
          box_width: box?.[2] ?? null,
          box_height: box?.[3] ?? null,
          area_px: area,
          area_mm2: area !== null && spacing ? area * spacing[0] * spacing[1] : null,
          shape: JSON.stringify(one.shape),
          object: one.objectId,
          reader: one.reader,
          state: one.state,
          score: one.origin?.score ?? null,
          model: one.origin && `${one.origin.modelId}@${one.origin.modelVersion}`,
          note: one.note,
          attributes: JSON.stringify(one.attributes),
        }
      }
    }
  }
}

const text = z.string().nullish()
const readable = z.object({
  image: z.string(),
  instance_uid: text,
  frame: z.coerce.number<unknown>().int().nonnegative().default(0),
  width: z.coerce.number<unknown>().optional(),
  height: z.coerce.number<unknown>().optional(),
  label: text,
  shape: text,
  object: text,
  reader: text,
  note: text,
  attributes: text,
})

/** The annotation of a line; null for a line without one. @throws INPUT_INVALID, NOT_FOUND */
export function annotationOf(line: unknown, path: string, { find }: ReadContext): ImportedAnnotation | null {
  const row = checked(readable, line, 'line')
  if (!row.label) return null
  const byUid = row.instance_uid ? find.byInstance(row.instance_uid, row.frame) : null
  const image = byUid ?? findPicture(find, row.image, path)
  if (row.width && row.height) sameSize(image, row.width, row.height)
  return imported(image, row.label, checked(shape, json(row.shape ?? ''), 'shape'), {
    object: row.object || null,
    reader: row.reader || null,
    note: row.note ?? '',
    attributes: row.attributes ? checked(attributeValues, json(row.attributes), 'attributes') : {},
  })
}

function json(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch (cause) {
    throw new LeptonError('INPUT_INVALID', { expected: 'JSON', received: value.slice(0, 40), cause })
  }
}
