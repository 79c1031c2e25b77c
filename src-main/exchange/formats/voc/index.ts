import { join } from 'node:path'
import { z } from 'zod'
import { LeptonError } from '#shared/domain/fault'
import { extentOf } from '#shared/geometry/shapes/extent'
import type {
  ExportAnnotation,
  ExportImage,
  ExportSet,
  Format,
  ImportedAnnotation,
  ReadContext,
  WriteContext,
} from '../../types'
import { attributeOf, attributeText } from '../common/attribute-text'
import { findPicture, sameSize } from '../common/find-picture'
import { imported } from '../common/imported'
import { namesFor, stemOf } from '../common/names'
import { cannotSay } from '../common/notices'
import { writeOut } from '../common/output'
import { placePicture } from '../common/pictures'
import { checked } from '../common/read-file'
import { element, readXml, textElement } from '../common/xml'

/**
 * Pascal VOC (host.robots.ox.ac.uk/pascal/VOC): an XML file of upright boxes for each picture. Corners are counted
 * from the corner of the first pixel, with fractions, as CVAT, LabelImg and torchvision have it.
 */
export const voc: Format = {
  id: 'voc',
  fileExtensions: ['xml'],
  write,
  read: {
    knows: (_, head) => /<annotation[\s>]/.test(new TextDecoder().decode(head)),
    read,
  },
}

async function write(set: ExportSet, folder: string, context: WriteContext): Promise<void> {
  const names = namesFor(set)
  const lists = new Map<string, string[]>()
  const pictures = context.pictures ?? 'name'
  for await (const { images } of set.series()) {
    for (const image of images) {
      const name = names(image)
      const list = lists.get(image.part ?? 'default') ?? []
      lists.set(image.part ?? 'default', list)
      list.push(stemOf(name))
      await writeOut(
        join(folder, 'Annotations', `${stemOf(name)}.xml`),
        documentOf(image, name, context),
        context,
      )
      if (pictures !== 'name') await placePicture(image, join(folder, 'JPEGImages', name), pictures, context)
    }
  }
  for (const [part, list] of lists) {
    await writeOut(join(folder, 'ImageSets', 'Main', `${part}.txt`), `${list.join('\n')}\n`, context)
  }
  await writeOut(join(folder, 'labelmap.txt'), labelMapOf(set), context)
}

/** Labels beyond the twenty of the challenge, as CVAT and Datumaro ask for them. */
function labelMapOf({ labels }: ExportSet): string {
  const lines = [...labels.values()].map(({ key, colour }) => {
    const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
    return `${key}:${channels.join(',')}::`
  })
  return `${['# label:color_rgb:parts:actions', 'background:0,0,0::', ...lines].join('\n')}\n`
}

function documentOf(image: ExportImage, name: string, context: WriteContext): string {
  const { rows, columns, path } = image.identity
  const slash = name.lastIndexOf('/')
  return `${element('annotation', {}, [
    textElement('folder', name.slice(0, Math.max(0, slash))),
    textElement('filename', name.slice(slash + 1)),
    textElement('path', path),
    element('size', {}, [
      textElement('width', columns),
      textElement('height', rows),
      textElement('depth', 3),
    ]),
    textElement('segmented', 0),
    ...image.annotations.flatMap((annotation) => objectOf(annotation, image, context)),
  ])}\n`
}

function objectOf(annotation: ExportAnnotation, image: ExportImage, context: WriteContext): string[] {
  const { shape, label, attributes, note } = annotation
  const area =
    shape.kind === 'box' || shape.kind === 'polygon' || shape.kind === 'mask' || shape.kind === 'ellipse'
  const box = area ? extentOf(shape) : null
  if (!box) {
    cannotSay(context, image, annotation, shape.kind, 'It is left out.')
    return []
  }
  if (shape.kind !== 'box' || shape.angle !== 0) {
    const lost = shape.kind === 'box' ? 'angle' : `outline (${shape.kind})`
    cannotSay(context, image, annotation, lost, 'The upright box around it is written.')
  }
  if (note !== '') cannotSay(context, image, annotation, 'note', 'It is left out.')
  const [x, y, width, height] = box
  const flag = (name: string) => textElement(name, attributes[name] === 1 ? 1 : 0)
  return [
    element('object', {}, [
      textElement('name', label),
      textElement('pose', 'Unspecified'),
      flag('truncated'),
      flag('difficult'),
      element('bndbox', {}, [
        textElement('xmin', x),
        textElement('ymin', y),
        textElement('xmax', x + width),
        textElement('ymax', y + height),
      ]),
      ...attributesOf(attributes),
    ]),
  ]
}

function attributesOf(attributes: ExportAnnotation['attributes']): string[] {
  const own = Object.entries(attributes).filter(([key]) => key !== 'truncated' && key !== 'difficult')
  if (own.length === 0) return []
  return [
    element(
      'attributes',
      {},
      own.map(([key, value]) =>
        element('attribute', typeof value === 'number' ? { type: 'number' } : {}, [
          textElement('name', key),
          textElement('value', attributeText(value)),
        ]),
      ),
    ),
  ]
}

const number = z.coerce.number<string>()
const entry = z.object({
  name: z.string(),
  bndbox: z.object({ xmin: number, ymin: number, xmax: number, ymax: number }),
  truncated: z.string().optional(),
  difficult: z.string().optional(),
  attributes: z
    .union([
      z.literal(''),
      z.object({
        attribute: z.array(z.object({ name: z.string(), value: z.string(), type: z.string().optional() })),
      }),
    ])
    .optional(),
})
const document = z.object({
  annotation: z.object({
    folder: z.string().default(''),
    filename: z.string(),
    path: z.string().optional(),
    size: z.object({ width: number, height: number }).optional(),
    object: z.array(z.unknown()).max(100_000).default([]),
  }),
})

async function* read(path: string, context: ReadContext): AsyncGenerator<ImportedAnnotation> {
  const { annotation: file } = checked(document, await readXml(path, ['object', 'attribute']), path)
  const image = findPicture(
    context.find,
    [file.folder, file.filename].filter(Boolean).join('/'),
    file.path ?? path,
  )
  // some programs leave the size out or write 0
  if (file.size && file.size.width > 0) sameSize(image, file.size.width, file.size.height)
  for (const [i, value] of file.object.entries()) {
    try {
      const { name, bndbox, attributes, ...flags } = checked(entry, value, `object ${i + 1}`)
      const { xmin, ymin, xmax, ymax } = bndbox
      if (!(xmax > xmin && ymax > ymin)) {
        throw new LeptonError('INPUT_INVALID', {
          expected: 'xmax > xmin and ymax > ymin',
          received: Object.values(bndbox).join(', '),
        })
      }
      const listed = attributes ? attributes.attribute : []
      yield imported(
        image,
        name,
        { kind: 'box', box: [xmin, ymin, xmax - xmin, ymax - ymin], angle: 0 },
        {
          attributes: {
            ...Object.fromEntries(
              listed.map((one) => [one.name, attributeOf(one.value, one.type === 'number')]),
            ),
            ...(flags.truncated === '1' && { truncated: 1 }),
            ...(flags.difficult === '1' && { difficult: 1 }),
          },
        },
      )
    } catch (error) {
      context.failed(`object ${i + 1}`, error)
    }
  }
}
