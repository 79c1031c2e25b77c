import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeLabelImages } from '#main/engine/work/label-images'
import { writePicture } from '#main/engine/work/picture'
import type { Shape } from '#shared/domain/annotation/shape'
import { faultOf } from '#shared/domain/fault'
import type { Frame } from '#shared/domain/image'
import { startBeside } from '../../jobs/beside'
import { colourFor, plainLabel } from '../../source/label-of'
import type {
  ExportAnnotation,
  ExportImage,
  ExportSet,
  Format,
  ImageFinder,
  ImageIdentity,
  ImportedAnnotation,
  SeriesIdentity,
} from '../../types'

/** A grey picture of the given size that lies nowhere on disk. */
export function imageOf(
  imageId: number,
  annotations: readonly ExportAnnotation[],
  more: Partial<ImageIdentity> = {},
  part?: string,
): ExportImage {
  const identity: ImageIdentity = {
    imageId,
    instanceId: imageId,
    seriesId: 1,
    studyId: 1,
    ordinal: imageId - 1,
    frame: 0,
    frames: 1,
    source: `/pictures/${imageId}.jpg`,
    path: `/pictures/${imageId}.jpg`,
    format: 'jpeg',
    sha256: String(imageId).padStart(64, '0'),
    instanceUid: null,
    sopClass: null,
    rows: 60,
    columns: 80,
    geometry: null,
    ...more,
  }
  const frame: Frame = {
    rows: identity.rows,
    columns: identity.columns,
    samples: 1,
    type: 'uint8',
    photometric: 'MONOCHROME2',
    slope: 1,
    intercept: 0,
    unit: null,
    windows: [],
    voiFunction: 'LINEAR',
    min: 0,
    max: 255,
    padding: null,
    spacing: null,
    data: Uint8Array.from({ length: identity.rows * identity.columns }, (_, i) => i % 251),
  }
  const size = { rows: identity.rows, columns: identity.columns }
  const image: ExportImage = {
    identity,
    annotations,
    probability: () => null,
    pixels: async () => frame,
    write: (target, { format, colour }) =>
      writePicture(frame, { target, variation: null, format, channels: colour ? 3 : null }),
    writeLabels: (regions, files) => writeLabelImages({ ...size, regions, ...files }),
  }
  return part === undefined ? image : { ...image, part }
}

/** An annotation as a person drew it. */
export function annotationOf(
  label: string,
  shape: Shape,
  more: Partial<ExportAnnotation> = {},
): ExportAnnotation {
  return {
    id: randomUUID(),
    studyId: 1,
    seriesId: 1,
    imageId: 1,
    objectId: randomUUID(),
    reader: 'Li',
    label,
    shape,
    attributes: {},
    state: 'drawn',
    origin: null,
    note: '',
    revision: 1,
    createdAt: '2025-01-01T00:00:00.000Z',
    updatedAt: '2025-01-01T00:00:00.000Z',
    ...more,
  }
}

export function setOf(images: readonly ExportImage[], volume = false): ExportSet {
  const identity: SeriesIdentity = {
    seriesId: 1,
    studyId: 1,
    subject: { kind: 'store', key: 's', label: 'Store', name: null, sex: null, birthDate: null },
    study: { uid: null, date: null, description: '' },
    series: { uid: null, number: null, description: '', modality: null, bodyPart: null, volume },
  }
  const labels = [...new Set(images.flatMap((image) => image.annotations.map(({ label }) => label)))]
  return {
    name: 'trial',
    total: 1,
    labels: new Map(labels.map((key) => [key, { ...plainLabel(key), colour: colourFor(key) }])),
    *outline() {
      yield { identity, images }
    },
    async *series() {
      yield { identity, images, tags: [] }
    },
  }
}
/** Finds the images by the end of their paths alone. */
export function finderOf(images: readonly ExportImage[]): ImageFinder {
  const identities = images.map(({ identity }) => identity)
  const bare = (path: string, stem: boolean) => {
    const name = path.split(/[\\/]/).at(-1) ?? ''
    return stem ? name.replace(/\.[^.]+$/, '') : name
  }
  return {
    byInstance: (uid, frame = 0) =>
      identities.find((one) => one.instanceUid === uid && one.frame === frame) ?? null,
    bySeries: () => [],
    byFrameOfReference: () => [],
    byHash: () => null,
    stack: () => identities,
    byPath: (path, { stem = false } = {}) =>
      identities.find((one) => bare(one.path, stem) === bare(path, stem)) ?? null,
  }
}

export interface Written {
  folder: string
  files: string[]
  /** Paths of the pictures whose annotations did not fit, and why. */
  notices: string[]
  failures: string[]
}

/** Writes images in a format into a folder of its own, which `forget` of the test removes. */
export async function writeSet(
  format: Pick<Format, 'write'>,
  images: readonly ExportImage[],
  options: { pictures?: 'copy' | 'link' | 'name'; volume?: boolean } = {},
): Promise<Written> {
  const folder = mkdtempSync(join(tmpdir(), 'lepton-format-'))
  const written: Written = { folder, files: [], notices: [], failures: [] }
  const beside = startBeside()
  await format.write(setOf(images, options.volume), folder, {
    app: { name: 'Lepton Studio', version: '0.0.0' },
    formats: [],
    signal: new AbortController().signal,
    beside,
    ...(options.pictures && { pictures: options.pictures }),
    written: (path) => written.files.push(path.slice(folder.length + 1)),
    failed: (_, error) => written.failures.push(JSON.stringify(faultOf(error))),
    skipped: (_, error) => written.notices.push(faultOf(error).received),
  })
  await beside.settled()
  return written
}

export const forget = ({ folder }: Written) => rmSync(folder, { recursive: true })

/** Everything a reader gives of a file, and what it could not. */
export async function readFileOf(
  format: Format,
  path: string,
  images: readonly ExportImage[],
): Promise<{ annotations: ImportedAnnotation[]; failures: string[] }> {
  const annotations: ImportedAnnotation[] = []
  const failures: string[] = []
  const reader = format.read?.read(path, {
    find: finderOf(images),
    signal: new AbortController().signal,
    failed: (item, error) => failures.push(`${item}: ${faultOf(error).code}`),
  })
  for await (const one of reader ?? []) annotations.push(one)
  return { annotations, failures }
}

/** The annotations of the file that `write` made. */
export async function roundTrip(
  format: Format,
  images: readonly ExportImage[],
  file: string,
  options: { pictures?: 'copy' | 'link' | 'name' } = {},
) {
  const written = await writeSet(format, images, options)
  const read = await readFileOf(format, join(written.folder, file), images)
  forget(written)
  return { ...read, ...written }
}
