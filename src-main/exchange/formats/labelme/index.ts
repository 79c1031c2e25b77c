import { dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { attributeValues } from '#shared/domain/annotation/annotation'
import type {
  ExportImage,
  ExportSet,
  Format,
  ImportedAnnotation,
  ReadContext,
  WriteContext,
} from '../../types'
import { findPicture, sameSize } from '../common/find-picture'
import { imported } from '../common/imported'
import { extraOf, importedExtra, leptonExtra } from '../common/lepton-extra'
import { namesFor, stemOf } from '../common/names'
import { cannotSay } from '../common/notices'
import { writeOut } from '../common/output'
import { placePicture } from '../common/pictures'
import { checked, readJson } from '../common/read-file'
import { fieldsOf, labelMeShape, shapeOf } from './shapes'

/** LabelMe (github.com/wkentaro/labelme): one JSON file beside each picture. */
export const labelMe: Format = {
  id: 'labelme',
  fileExtensions: ['json'],
  write,
  read: {
    knows: (_, head) => /"shapes"\s*:/.test(new TextDecoder().decode(head)),
    read,
  },
}

async function write(set: ExportSet, folder: string, context: WriteContext): Promise<void> {
  const names = namesFor(set)
  const pictures = context.pictures ?? 'name'
  for await (const { images } of set.series()) {
    for (const image of images) {
      const name = image.part ? `${image.part}/${names(image)}` : names(image)
      const path = join(folder, `${stemOf(name)}.json`)
      const picture = join(folder, name)
      const { rows, columns, source } = image.identity
      const text = JSON.stringify({
        version: '5.5.0',
        flags: flagsOf(image),
        shapes: shapesOf(image, context),
        imagePath: pictures === 'name' ? relative(dirname(path), source) : relative(dirname(path), picture),
        imageData: null,
        imageHeight: rows,
        imageWidth: columns,
      })
      await writeOut(path, text, context)
      if (pictures !== 'name') await placePicture(image, picture, pictures, context)
    }
  }
}

/** Tags are flags that are set. */
function flagsOf({ annotations }: ExportImage): Record<string, boolean> {
  return Object.fromEntries(
    annotations.filter(({ shape }) => shape.kind === 'tag').map(({ label }) => [label, true]),
  )
}

function shapesOf(image: ExportImage, context: WriteContext): unknown[] {
  return image.annotations.flatMap((annotation, i) => {
    const fields = fieldsOf(annotation.shape)
    if (fields?.some(({ exact }) => !exact)) {
      const instead = 'Outer outlines are written; Lepton Studio itself reads the whole shape.'
      cannotSay(context, image, annotation, `exact ${annotation.shape.kind}`, instead)
    }
    return (fields ?? []).map(({ exact, ...shape }, part) => ({
      label: annotation.label,
      ...shape,
      group_id: fields && fields.length > 1 ? i + 1 : null,
      description: annotation.note,
      flags: {},
      // of several shapes for one annotation, the first carries it
      lepton:
        part === 0 ? { ...extraOf(annotation, exact), attributes: annotation.attributes } : { part: i + 1 },
    }))
  })
}

const document = z.object({
  shapes: z.array(z.unknown()).max(100_000),
  flags: z.record(z.string(), z.unknown()).nullish(),
  imagePath: z.string(),
  imageHeight: z.number().int().nullish(),
  imageWidth: z.number().int().nullish(),
})
const entry = labelMeShape.extend({
  /** `part`: a further shape of an annotation that an earlier one holds whole. */
  lepton: leptonExtra
    .extend({ attributes: attributeValues.optional(), part: z.number().optional() })
    .optional(),
})

async function* read(path: string, context: ReadContext): AsyncGenerator<ImportedAnnotation> {
  const file = await readJson(path, document)
  const image = findPicture(context.find, file.imagePath, path)
  if (file.imageHeight && file.imageWidth) sameSize(image, file.imageWidth, file.imageHeight)
  for (const [label, flag] of Object.entries(file.flags ?? {})) {
    if (flag === true) yield imported(image, label, { kind: 'tag' })
  }
  for (const [i, value] of file.shapes.entries()) {
    try {
      const { lepton, ...fields } = checked(entry, value, `shape ${i + 1}`)
      if (lepton?.part !== undefined) continue
      const group = fields.group_id === null || fields.group_id === undefined ? null : String(fields.group_id)
      const more = importedExtra(lepton)
      yield imported(image, fields.label, lepton?.shape ?? shapeOf(fields, image), {
        ...more,
        object: more.object ?? (group && `${image.imageId} ${group}`),
        note: more.note || (fields.description ?? ''),
        attributes: lepton?.attributes ?? {},
      })
    } catch (error) {
      context.failed(`shape ${i + 1}`, error)
    }
  }
}
