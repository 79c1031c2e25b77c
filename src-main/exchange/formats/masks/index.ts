import { dirname, join } from 'node:path'
import { makeFolder } from '#main/make-folder'
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
  const name = `${stemOf(names(image))}.png`
  const files = [join(folder, 'classes', name), join(folder, 'instances', name)] as const
  context.signal.throwIfAborted()
  for (const file of files) await makeFolder(dirname(file))
  const ends = await image.writeLabels(
    image.annotations.map(({ shape, label }) => ({ shape, number: classes.get(label) ?? 1 })),
    { classes: { path: files[0], wide: classes.size > 255 }, instances: files[1] },
  )
  for (const file of files) context.written(file)
  const instances: Entry['instances'] = []
  for (const [i, annotation] of image.annotations.entries()) {
    if (ends[i] === 'empty') {
      cannotSay(context, image, annotation, annotation.shape.kind, 'It is left out.')
      continue
    }
    if (ends[i] === 'covers') {
      cannotSay(context, image, annotation, 'overlap', 'The later one lies on top; COCO keeps both.')
    }
    const { label, objectId: object, origin } = annotation
    instances.push({ number: instances.length + 1, label, object, score: origin?.score ?? null })
  }
  return { name, part: image.part, instances, lepton: pictureKeyOf(image.identity) }
}
