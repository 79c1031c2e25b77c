import { join } from 'node:path'
import { encode } from 'fast-png'
import { fillParts } from '#shared/geometry/shapes/fill'
import { partsOf } from '#shared/geometry/shapes/parts'
import type { ExportImage, ExportSet, Format, WriteContext } from '../../types'
import { type Names, namesFor, stemOf } from '../common/names'
import { cannotSay } from '../common/notices'
import { writeOut } from '../common/output'
import { type PictureKey, pictureKeyOf } from '../common/picture-key'
import { placePicture } from '../common/pictures'
import { masksReader } from './read'

/**
 * Label images: `classes/` holds the number of the label in every pixel, `instances/` the number of the annotation
 * (16 bit), both from 1 with 0 as background; `masks.json` says what the numbers mean.
 */
export const pngMasks: Format = { id: 'png', fileExtensions: ['json'], write, read: masksReader }

interface Entry {
  name: string
  part?: string | undefined
  lepton: PictureKey
  instances: { number: number; label: string; object: string; score: number | null }[]
}

async function write(set: ExportSet, folder: string, context: WriteContext): Promise<void> {
  const names = namesFor(set)
  const classes = new Map([...set.labels.keys()].map((key, i) => [key, i + 1]))
  const entries: Entry[] = []
  const pictures = context.pictures ?? 'name'
  for await (const { images } of set.series()) {
    for (const image of images) {
      entries.push(await writeImage(image, folder, names, classes, context))
      if (pictures !== 'name')
        await placePicture(image, join(folder, 'images', names(image)), pictures, context)
    }
  }
  const labels = [...set.labels.values()].map(({ key, colour, name }, i) => ({
    number: i + 1,
    label: key,
    colour,
    name,
  }))
  await writeOut(join(folder, 'masks.json'), JSON.stringify({ labels, images: entries }), context)
}

async function writeImage(
  image: ExportImage,
  folder: string,
  names: Names,
  classes: ReadonlyMap<string, number>,
  context: WriteContext,
): Promise<Entry> {
  const { rows, columns } = image.identity
  const ofClass = new Uint16Array(rows * columns)
  const ofInstance = new Uint16Array(rows * columns)
  const instances: Entry['instances'] = []
  for (const annotation of image.annotations) {
    const parts = partsOf(annotation.shape)
    if (parts.length === 0) {
      cannotSay(context, image, annotation, annotation.shape.kind, 'It is left out.')
      continue
    }
    const number = instances.length + 1
    if (coverOf(ofInstance, rows, columns, parts)) {
      cannotSay(context, image, annotation, 'overlap', 'The later one lies on top; COCO keeps both.')
    }
    fillParts(ofInstance, rows, columns, parts, number)
    fillParts(ofClass, rows, columns, parts, classes.get(annotation.label) ?? 0)
    const { label, objectId: object, origin } = annotation
    instances.push({ number, label, object, score: origin?.score ?? null })
  }
  const name = `${stemOf(names(image))}.png`
  const wide = classes.size > 255
  await writeOut(
    join(folder, 'classes', name),
    greyPng(wide ? ofClass : Uint8Array.from(ofClass), rows, columns),
    context,
  )
  await writeOut(join(folder, 'instances', name), greyPng(ofInstance, rows, columns), context)
  return { name, part: image.part, instances, lepton: pictureKeyOf(image.identity) }
}

/** Whether any pixel of the parts is taken already. */
function coverOf(
  taken: Uint16Array,
  rows: number,
  columns: number,
  parts: ReturnType<typeof partsOf>,
): boolean {
  const pixels = new Uint8Array(taken.length)
  fillParts(pixels, rows, columns, parts)
  return pixels.some((set, at) => set === 1 && taken[at] !== 0)
}

/** A grey PNG of 8 or 16 bit. */
export function greyPng(data: Uint8Array | Uint16Array, rows: number, columns: number): Uint8Array {
  return encode({
    width: columns,
    height: rows,
    data,
    channels: 1,
    depth: data instanceof Uint16Array ? 16 : 8,
  })
}
