import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { LeptonError } from '#shared/domain/fault'
import type { FormatReader, ImageIdentity, ImportedAnnotation, ReadContext } from '../../types'
import { imported } from '../common/imported'
import { labelPng, maskWhere, numbersIn, pathBelow } from '../common/label-image'
import { stemOf } from '../common/names'
import { keyedPicture, pictureKey } from '../common/picture-key'
import { checked, readJson } from '../common/read-file'

const number = z.number().int().min(1).max(65_535)
const label = z.object({ number, label: z.string(), colour: z.string().optional() })
const instance = z.object({ number, label: z.string(), object: z.string().optional() })
const entry = z.object({
  name: z.string(),
  /** Without it, or without its picture in `instances/`, every label of `classes/` is one mask. */
  instances: z.array(instance).max(65_535).optional(),
  lepton: pictureKey.optional(),
})
const document = z.object({
  labels: z.array(label).max(65_535),
  images: z.array(z.unknown()).max(10_000_000),
})

type Entry = z.infer<typeof entry>
type Labels = readonly z.infer<typeof label>[]

/** Label images as `masks.json` names them: masks of the annotations, as far as they are seen. */
export const masksReader: FormatReader = {
  knows: (path, head) =>
    basename(path).toLowerCase() === 'masks.json' && /"labels"\s*:/.test(new TextDecoder().decode(head)),
  read,
}

async function* read(path: string, context: ReadContext): AsyncGenerator<ImportedAnnotation> {
  const { labels, images } = await readJson(path, document)
  const folder = dirname(path)
  for (const [i, value] of images.entries()) {
    context.signal.throwIfAborted()
    try {
      const one = checked(entry, value, `image ${i + 1}`)
      const image = keyedPicture(context.find, one.lepton, stemOf(one.name), path)
      yield* one.instances
        ? byInstance(folder, one, one.instances, image, context)
        : byClass(folder, one, labels, image)
    } catch (error) {
      context.failed(`image ${i + 1}`, error)
    }
  }
}

async function* byInstance(
  folder: string,
  { name }: Entry,
  instances: readonly z.infer<typeof instance>[],
  image: ImageIdentity,
  context: ReadContext,
): AsyncGenerator<ImportedAnnotation> {
  if (instances.length === 0) return
  const pixels = await labelPng(pathBelow(join(folder, 'instances'), name), image)
  const seen = numbersIn(pixels)
  for (const { number: own, label: key, object } of instances) {
    try {
      if (!seen.has(own)) throw covered(own)
      const mask = maskWhere(pixels, image, new Set([own]))
      yield imported(image, key, { kind: 'mask', mask }, { object: object ?? null })
    } catch (error) {
      context.failed(`${name}, number ${own}`, error)
    }
  }
}

async function* byClass(
  folder: string,
  { name }: Entry,
  labels: Labels,
  image: ImageIdentity,
): AsyncGenerator<ImportedAnnotation> {
  const pixels = await labelPng(pathBelow(join(folder, 'classes'), name), image)
  const seen = numbersIn(pixels)
  for (const { number: own, label: key, colour } of labels) {
    if (!seen.has(own)) continue
    const mask = maskWhere(pixels, image, new Set([own]))
    yield imported(image, key, { kind: 'mask', mask }, { colour: colour ?? null })
  }
}

const covered = (own: number) =>
  new LeptonError('INPUT_INVALID', { expected: `pixels of number ${own}`, received: 'none: others cover it' })
