import { z } from 'zod'
import { attributeValues } from '#shared/domain/annotation/annotation'
import { point, type Shape } from '#shared/domain/annotation/shape'
import { LeptonError } from '#shared/domain/fault'
import { box } from '#shared/domain/finding'
import type { ImageIdentity, ImportedAnnotation, ReadContext } from '../../types'
import { findPicture, sameSize } from '../common/find-picture'
import { imported } from '../common/imported'
import { importedExtra, leptonExtra } from '../common/lepton-extra'
import { checked, readJson } from '../common/read-file'
import { expandCounts, maskOfCounts } from './rle'

const most = 10_000_000
const key = z.union([z.number(), z.string()])
const document = z.object({
  images: z.array(z.unknown()).max(most),
  annotations: z.array(z.unknown()).max(most),
  categories: z.array(z.unknown()).max(100_000),
})
const category = z.object({ id: key, name: z.string(), color: z.string().optional() })
const picture = z.object({
  id: key,
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  file_name: z.string(),
  lepton: z
    .object({
      path: z.string(),
      sha256: z.string().nullable(),
      uid: z.string().nullable(),
      frame: z.number().int().nonnegative(),
    })
    .optional(),
})
const runs = z.object({
  size: z.tuple([z.number().int().positive(), z.number().int().positive()]),
  counts: z.union([z.string(), z.array(z.number().int().nonnegative())]),
})
const entry = z.object({
  image_id: key,
  category_id: key,
  bbox: box.optional(),
  segmentation: z.union([runs, z.array(z.array(z.number()))]).optional(),
  keypoints: z.array(z.number()).optional(),
  iscrowd: z.union([z.literal(0), z.literal(1)]).default(0),
  attributes: z.record(z.string(), z.unknown()).default({}),
  lepton: leptonExtra.optional(),
})
type Entry = z.infer<typeof entry>

/** Annotations of a COCO file of instances; compressed and plain run lengths, polygons, boxes, single keypoints. */
export async function* readCoco(path: string, context: ReadContext): AsyncGenerator<ImportedAnnotation> {
  const { images, annotations, categories } = await readJson(path, document)
  const labels = new Map(eachOf(categories, category, 'category', context).map((one) => [one.id, one]))
  const pictures = new Map<string | number, ImageIdentity>()
  for (const one of eachOf(images, picture, 'image', context)) {
    try {
      pictures.set(one.id, foundPicture(one, path, context))
    } catch (error) {
      context.failed(one.file_name, error)
    }
  }
  for (const [i, value] of annotations.entries()) {
    context.signal.throwIfAborted()
    try {
      const one = checked(entry, value, `annotation ${i + 1}`)
      const image = pictures.get(one.image_id)
      const label = labels.get(one.category_id)
      if (!label) throw refused('a category of the file', `category ${one.category_id}`)
      // its picture was told of already
      if (image) yield annotationOf(one, image, label)
    } catch (error) {
      context.failed(`annotation ${i + 1}`, error)
    }
  }
}

function foundPicture(one: z.infer<typeof picture>, path: string, { find }: ReadContext): ImageIdentity {
  const { uid = null, frame = 0, sha256 = null } = one.lepton ?? {}
  const image =
    (uid !== null && find.byInstance(uid, frame)) ||
    findPicture(find, one.file_name, path, { sha256: (frame === 0 && sha256) || undefined })
  sameSize(image, one.width, one.height)
  return image
}

function annotationOf(one: Entry, image: ImageIdentity, label: z.infer<typeof category>): ImportedAnnotation {
  const shape = one.lepton?.shape ?? shapeOf(one, image)
  const { success, data } = attributeValues.safeParse(one.attributes)
  return imported(image, label.name, shape, {
    ...importedExtra(one.lepton),
    attributes: { ...(success ? data : plain(one.attributes)), ...(one.iscrowd === 1 && { iscrowd: 1 }) },
    colour: label.color ?? null,
  })
}

function shapeOf({ segmentation, keypoints, bbox, attributes }: Entry, image: ImageIdentity): Shape {
  if (segmentation && !Array.isArray(segmentation)) {
    const [rows, columns] = segmentation.size
    sameSize(image, columns, rows)
    const { counts } = segmentation
    return {
      kind: 'mask',
      mask: maskOfCounts(typeof counts === 'string' ? expandCounts(counts) : counts, rows, columns),
    }
  }
  if (segmentation && segmentation.length > 0) {
    return { kind: 'polygon', parts: segmentation.map((numbers) => [ringOf(numbers)]) }
  }
  const [x, y, seen] = keypoints ?? []
  if (keypoints?.length === 3 && seen !== 0) return { kind: 'point', point: point.parse([x, y]) }
  if (!bbox) throw refused('a segmentation, a keypoint or a box', 'none of them')
  // as CVAT and Datumaro write rotated boxes
  const rotation = attributes.rotation
  return { kind: 'box', box: bbox, angle: typeof rotation === 'number' ? rotation : 0 }
}

function ringOf(numbers: readonly number[]) {
  if (numbers.length < 6 || numbers.length % 2 === 1)
    throw refused('three points or more', `${numbers.length} numbers`)
  return Array.from({ length: numbers.length / 2 }, (_, i) =>
    point.parse([numbers[2 * i], numbers[2 * i + 1]]),
  )
}

function eachOf<T extends z.ZodType>(
  values: readonly unknown[],
  schema: T,
  what: string,
  { failed }: ReadContext,
): z.output<T>[] {
  return values.flatMap((value, i) => {
    try {
      return [checked(schema, value, `${what} ${i + 1}`)]
    } catch (error) {
      failed(`${what} ${i + 1}`, error)
      return []
    }
  })
}

/** Attributes of other programs: truth values and the like as text. */
function plain(attributes: Record<string, unknown>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number'
        ? [[name, value]]
        : typeof value === 'boolean'
          ? [[name, String(value)]]
          : [],
    ),
  )
}

const refused = (expected: string, received: string) =>
  new LeptonError('INPUT_INVALID', { expected, received })
