import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { niftiFile } from '#main/imaging/nifti/write'
import { makeFolder } from '#main/make-folder'
import { LeptonError } from '#shared/domain/fault'
import type { ExportImage, ExportSeries, ExportSet, Format, WriteContext } from '../../types'
import { type Names, namesFor, stemOf } from '../common/names'
import { cannotSay } from '../common/notices'
import { writeOut } from '../common/output'
import { type PictureKey, pictureKeyOf } from '../common/picture-key'
import { affineOf } from './affine'
import { nnUnetReader } from './read'
import { labelsOf, voxelsOf } from './volume'

/**
 * The layout of nnU-Net v2 (documentation/dataset_format.md): a NIfTI volume for each series of slices, or PNG where a
 * set has photographs alone. The parts train and val are `Tr` with the split beside them, every other part is `Ts`.
 */
export const nnUnet: Format = { id: 'nnunet', fileExtensions: ['json'], write, read: nnUnetReader }

const zipped = promisify(gzip)

interface Case {
  name: string
  part: string
  images: readonly ExportImage[]
  modality: string
}

async function write(set: ExportSet, folder: string, context: WriteContext): Promise<void> {
  const names = namesFor(set)
  const volumes = anyVolume(set)
  const root = join(folder, `Dataset001_${plainName(set.name) || 'Lepton'}`)
  const numbers = new Map([...set.labels.keys()].map((key, i) => [key, i + 1]))
  if (numbers.size > 255) {
    throw new LeptonError('FORMAT_LIMIT', { expected: 'at most 255 labels', received: `${numbers.size}` })
  }
  const cases: Case[] = []
  const missing = new Set<Case>()
  for await (const series of set.series()) {
    for (const one of casesOf(series, names)) {
      cases.push(one)
      const work = async () => {
        try {
          tellOfLosses(one, context)
          await (volumes ? writeVolume : writePicture)(one, root, numbers, context)
        } catch (error) {
          missing.add(one)
          if (context.signal.aborted) return
          context.failed(
            { path: one.images[0]?.identity.path ?? one.name, seriesId: series.identity.seriesId },
            error,
          )
        }
      }
      // one volume at a time is enough for the memory there is
      if (volumes) await work()
      else await context.beside.begin(work)
    }
  }
  await context.beside.settled()
  context.signal.throwIfAborted()
  const written = cases.filter((one) => !missing.has(one))
  const modalities = [...new Set(written.map(({ modality }) => modality))]
  await writeHead(root, written, numbers, { volumes, modalities }, context)
}

function anyVolume(set: ExportSet): boolean {
  for (const { identity } of set.outline()) if (identity.series.volume) return true
  return false
}

/** A volume is one case, every picture of other series is one of its own. */
function casesOf({ identity, images }: ExportSeries, names: Names): Case[] {
  const { volume, modality } = identity.series
  const caseOf = (name: string, own: readonly ExportImage[]) => ({
    name,
    part: own[0]?.part ?? 'train',
    images: own,
    modality: modality ?? 'image',
  })
  const title = `${plainName(identity.subject.label)}_${identity.seriesId}`
  if (volume) return images.length > 0 ? [caseOf(title, images)] : []
  return images.map((image) => caseOf(plainName(stemOf(names(image))), [image]))
}

const plainName = (text: string) => text.replaceAll(/[^A-Za-z0-9.-]+/g, '_').replace(/^[_.]+|[_.]+$/g, '')

const suffixOf = ({ part }: Case) => (part === 'train' || part === 'val' ? 'Tr' : 'Ts')

function tellOfLosses({ images }: Case, context: WriteContext): void {
  for (const image of images) {
    for (const annotation of image.annotations) {
      const { kind } = annotation.shape
      if (kind === 'point' || kind === 'line' || kind === 'angle' || kind === 'tag') {
        cannotSay(context, image, annotation, kind, 'It is left out.')
      }
    }
  }
}

async function writeVolume(
  one: Case,
  root: string,
  numbers: ReadonlyMap<string, number>,
  context: WriteContext,
): Promise<void> {
  const { rows = 0, columns = 0 } = one.images[0]?.identity ?? {}
  const size = [columns, rows, one.images.length] as const
  const affine = affineOf(one.images.map(({ identity }) => identity.geometry))
  const pixels = niftiFile(await voxelsOf(one.images, context.signal), size, affine)
  const labels = niftiFile(labelsOf(one.images, numbers), size, affine)
  const suffix = suffixOf(one)
  const level = { level: 3 }
  await writeOut(
    join(root, `images${suffix}`, `${one.name}_0000.nii.gz`),
    await zipped(pixels, level),
    context,
  )
  await writeOut(join(root, `labels${suffix}`, `${one.name}.nii.gz`), await zipped(labels, level), context)
}

async function writePicture(
  one: Case,
  root: string,
  numbers: ReadonlyMap<string, number>,
  context: WriteContext,
): Promise<void> {
  const [image] = one.images
  if (!image) return
  const suffix = suffixOf(one)
  const picture = join(root, `images${suffix}`, `${one.name}_0000.png`)
  const labels = join(root, `labels${suffix}`, `${one.name}.png`)
  context.signal.throwIfAborted()
  for (const file of [picture, labels]) await makeFolder(dirname(file))
  await image.write(picture, { format: 'png', colour: true })
  await image.writeLabels(
    image.annotations.map(({ shape, label }) => ({ shape, number: numbers.get(label) ?? 1 })),
    { classes: { path: labels, wide: false }, instances: null },
  )
  for (const file of [picture, labels]) context.written(file)
}

/** Which picture of the library each case is, or begins with. */
function keysOf(cases: readonly Case[]): Record<string, PictureKey> {
  return Object.fromEntries(
    cases.flatMap(({ name, images: [first] }) => (first ? [[name, pictureKeyOf(first.identity)]] : [])),
  )
}

async function writeHead(
  root: string,
  cases: readonly Case[],
  numbers: ReadonlyMap<string, number>,
  { volumes, modalities }: { volumes: boolean; modalities: string[] },
  context: WriteContext,
): Promise<void> {
  const training = cases.filter((one) => suffixOf(one) === 'Tr')
  const channels = volumes
    ? { 0: modalities.length === 1 ? modalities[0] : 'image' }
    : { 0: 'R', 1: 'G', 2: 'B' }
  const head = {
    channel_names: channels,
    labels: { background: 0, ...Object.fromEntries(numbers) },
    numTraining: training.length,
    file_ending: volumes ? '.nii.gz' : '.png',
    // other programs pass it over
    lepton: { cases: keysOf(cases) },
  }
  await writeOut(join(root, 'dataset.json'), JSON.stringify(head, null, 2), context)
  const part = (name: string) => training.filter((one) => one.part === name).map((one) => one.name)
  const validation = part('val')
  if (validation.length === 0) return
  await writeOut(
    join(root, 'splits_final.json'),
    JSON.stringify([{ train: part('train'), val: validation }]),
    context,
  )
}
