import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { openInstance } from '#main/imaging'
import { LeptonError } from '#shared/domain/fault'
import type { FormatReader, ImageIdentity, ImportedAnnotation, ReadContext } from '../../types'
import { findPicture } from '../common/find-picture'
import { imported } from '../common/imported'
import { labelPng, maskWhere, type Numbers, numbersIn } from '../common/label-image'
import { keyedPicture, pictureKey } from '../common/picture-key'
import { readJson } from '../common/read-file'
import { slicesOf } from './slices'

/** Labels of a set at most. */
const mostLabels = 1000
const whole = z.number().int().min(0).max(65_535)

const head = z.object({
  /** Name to number, or to the numbers a region is made of. */
  labels: z
    .record(z.string(), z.union([whole, z.array(whole).max(mostLabels)]))
    .refine((labels) => Object.keys(labels).length <= mostLabels, `at most ${mostLabels} labels`),
  file_ending: z.enum(['.nii.gz', '.nii', '.nrrd', '.png']),
  /** By case; only sets that this program wrote have it. */
  lepton: z.object({ cases: z.record(z.string(), pictureKey) }).optional(),
})

interface Found {
  path: string
  name: string
  ending: string
  key: z.infer<typeof pictureKey> | undefined
  labels: readonly { label: string; numbers: ReadonlySet<number> }[]
}

/**
 * Folders of nnU-Net v2 (documentation/dataset_format.md) by their `dataset.json`. Pictures are found as this program
 * wrote them down, else as those of `imagesTr` and `imagesTs` that were taken in. The voxels of one label in a case are
 * one object, as nothing tells several apart.
 */
export const nnUnetReader: FormatReader = {
  knows: (path, bytes) => {
    const text = new TextDecoder().decode(bytes)
    return basename(path) === 'dataset.json' && /"file_ending"\s*:/.test(text)
  },
  read,
}

async function* read(path: string, context: ReadContext): AsyncGenerator<ImportedAnnotation> {
  const { labels, file_ending: ending, lepton } = await readJson(path, head)
  const meant = Object.entries(labels).flatMap(([label, value]) => {
    const numbers = new Set([value].flat().filter((number) => number !== 0))
    // `ignore` is the format's own word for voxels that nobody judged
    return numbers.size > 0 && label !== 'ignore' ? [{ label, numbers }] : []
  })
  for (const part of ['labelsTr', 'labelsTs']) {
    for (const file of await filesIn(join(dirname(path), part), ending)) {
      context.signal.throwIfAborted()
      const name = file.slice(0, -ending.length)
      const key = lepton && Object.hasOwn(lepton.cases, name) ? lepton.cases[name] : undefined
      const one = { path: join(dirname(path), part, file), name, ending, key, labels: meant }
      try {
        yield* ending === '.png' ? ofPicture(one, context) : ofVolume(one, context)
      } catch (error) {
        context.failed(`${part}/${file}`, error)
      }
    }
  }
}

/** Names in a folder with this ending; none where the folder is not there. */
async function filesIn(folder: string, ending: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map(({ name }) => name)
    .sort()
}

async function* ofPicture(one: Found, context: ReadContext): AsyncGenerator<ImportedAnnotation> {
  const image = pictureOf(one, context)
  yield* masksOf(one, await labelPng(one.path, image), image, null)
}

async function* ofVolume(one: Found, context: ReadContext): AsyncGenerator<ImportedAnnotation> {
  const stack = context.find.stack(pictureOf(one, context))
  const volume = await openInstance(one.path)
  try {
    const places = slicesOf(volume.header, stack, one.path)
    for (const [slice, image] of places.entries()) {
      context.signal.throwIfAborted()
      const { data, samples } = await volume.storedFrame(slice)
      if (samples !== 1) throw new LeptonError('INPUT_INVALID', { expected: 'numbers', received: 'colours' })
      yield* masksOf(one, data, image, one.path)
    }
  } finally {
    volume.close()
  }
}

/** @param object what the regions of a label on several slices share; null where there is one slice alone */
function* masksOf(
  { labels }: Found,
  pixels: Numbers,
  image: ImageIdentity,
  object: string | null,
): Generator<ImportedAnnotation> {
  const seen = numbersIn(pixels)
  for (const { label, numbers } of labels) {
    if (![...numbers].some((number) => seen.has(number))) continue
    const mask = maskWhere(pixels, image, numbers)
    yield imported(image, label, { kind: 'mask', mask }, { object: object && `${object} ${label}` })
  }
}

/** @throws NOT_FOUND */
function pictureOf({ name, key, ending, path }: Found, { find }: ReadContext): ImageIdentity {
  const images = basename(dirname(path)).replace('labels', 'images')
  const known = key ? keyedPicture(find, key, key.path.replace(/\.[^./\\]+$/, ''), path) : null
  return known ?? findPicture(find, `${images}/${name}_0000${ending}`, path)
}
