import { join } from 'node:path'
import type { ExportImage, ExportSet, WriteContext } from '../../types'
import { namesFor, stemOf } from '../common/names'
import { cannotSay } from '../common/notices'
import { writeOut } from '../common/output'
import { placePicture } from '../common/pictures'
import { lineOf, type YoloTask } from './labels'

/** Enough that no pixel of the largest picture moves by a tenth. */
const digits = 8

/**
 * The layout of Ultralytics: `images/<part>`, `labels/<part>`, a list of pictures for each part and `data.yaml`. As the
 * trainers find labels by the place of the pictures, pictures are copied unless they are to be linked to.
 */
export async function writeYolo(
  task: YoloTask,
  set: ExportSet,
  folder: string,
  context: WriteContext,
): Promise<void> {
  const names = namesFor(set)
  const classes = new Map([...set.labels.keys()].map((key, i) => [key, i]))
  const lists = new Map<string, string[]>()
  const pictures = context.pictures ?? 'copy'
  for await (const { images } of set.series()) {
    for (const image of images) {
      const part = image.part ?? 'train'
      const name = names(image)
      const list = lists.get(part) ?? []
      lists.set(part, list)
      list.push(`./images/${part}/${name}`)
      const text = linesOf(image, task, classes, context)
      await writeOut(join(folder, 'labels', part, `${stemOf(name)}.txt`), text, context)
      if (pictures !== 'name') {
        await placePicture(image, join(folder, 'images', part, name), pictures, context)
      }
    }
  }
  for (const [part, list] of lists)
    await writeOut(join(folder, `${part}.txt`), `${list.join('\n')}\n`, context)
  await writeOut(join(folder, 'data.yaml'), await yamlOf(set, [...lists.keys()], task), context)
}

function linesOf(
  image: ExportImage,
  task: YoloTask,
  classes: ReadonlyMap<string, number>,
  context: WriteContext,
): string {
  const lines: string[] = []
  for (const annotation of image.annotations) {
    const line = lineOf(annotation, task, image.identity)
    if (!line) {
      cannotSay(context, image, annotation, annotation.shape.kind, 'It is left out.')
      continue
    }
    if (line.lost) cannotSay(context, image, annotation, line.lost, line.instead)
    const numbers = line.numbers.map((value) => String(Number(value.toFixed(digits))))
    lines.push(`${[classes.get(annotation.label) ?? 0, ...numbers].join(' ')}\n`)
  }
  return lines.join('')
}

async function yamlOf(set: ExportSet, parts: readonly string[], task: YoloTask): Promise<string> {
  const { stringify } = await import('yaml')
  return stringify({
    path: '.',
    ...Object.fromEntries(parts.map((part) => [part, `${part}.txt`])),
    // trainers refuse a set without one
    ...(!parts.includes('val') && { val: `${parts[0] ?? 'train'}.txt` }),
    names: [...set.labels.keys()],
    task,
  })
}
