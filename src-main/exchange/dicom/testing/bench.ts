import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { createAnnotations } from '#main/annotations/service'
import { noModels } from '#main/annotations/testing/bench'
import type { Annotations } from '#main/annotations/types'
import { createDataSets } from '#main/datasets/service'
import type { DataSets } from '#main/datasets/types'
import type { Engine } from '#main/engine/types'
import { LibraryBench } from '#main/library/testing/bench'
import { createModels } from '#main/models/service'
import { writeThigh } from '#main/samples/thigh/write'
import { createImageVectors } from '#main/similarity/near/image-vectors'
import { createNearPictures } from '#main/similarity/near/near-pictures'
import type { Annotation } from '#shared/domain/annotation/annotation'
import type { Shape } from '#shared/domain/annotation/shape'
import { LeptonError } from '#shared/domain/fault'
import type { Rle } from '#shared/domain/finding'
import { decodeRle, encodeRle } from '#shared/geometry/rle'
import { createExchange, type Exchange } from '../../service'

const bundledModels = { path: join(import.meta.dirname, '../../../../models'), bundled: true }
const nowhere = () => Promise.reject(new LeptonError('MODEL_NOT_FOUND'))

/** Neither rows nor columns, nor their product, are a multiple of eight. */
export const phantom = { slices: 6, rows: 35, columns: 37 }

/** A library of one phantom series, with annotations and exchange over the real database and files. */
export class ExchangeBench {
  readonly library: LibraryBench
  readonly annotations: Annotations
  readonly dataSets: DataSets
  readonly exchange: Exchange
  readonly out: string
  studyId = 0
  seriesId = 0
  imageIds: number[] = []

  /**
   * @param engine another one than that which reads in this process
   * @param bundled with the models of the app for the vectors of pictures, else without any
   */
  constructor(engine?: Engine, { bundled = false } = {}) {
    this.library = new LibraryBench(engine)
    const { database, jobs, library, folder } = this.library
    this.out = join(folder, 'out')
    this.annotations = createAnnotations({ database, models: noModels })
    const shared = {
      database,
      engine: this.library.engine,
      jobs,
      library,
      models: noModels,
      annotations: this.annotations,
    }
    const bundles = bundled
      ? createModels({
          ...shared,
          folders: [bundledModels],
          dataFolder: this.library.data,
          appVersion: '1.2.3',
        })
      : { ...noModels, source: nowhere, providerFor: nowhere }
    const vectors = createImageVectors({ ...shared, models: bundles, preferredProvider: () => 'cpu' })
    const near = createNearPictures({ ...shared, models: bundles, vectors })
    this.dataSets = createDataSets({ ...shared, near })
    this.exchange = createExchange({ ...shared, dataSets: this.dataSets, appVersion: '1.2.3' })
  }

  /** With the phantom, or with what lies below a path. */
  async open(path?: string): Promise<this> {
    if (path === undefined) await writeThigh(this.library.inputs, phantom)
    await this.library.import(path ?? this.library.inputs)
    const [study] = this.library.library.studies({ filter: {}, sort: 'newest', offset: 0, limit: 1 }).items
    if (!study) return this
    this.studyId = study.id
    this.seriesId = this.library.library.study(this.studyId).series[0]?.id ?? 0
    this.imageIds = this.library.library.seriesImages(this.seriesId).map(({ id }) => id)
    return this
  }

  draw(shape: Shape, { at = 0, ...more }: Partial<Annotation> & { at?: number } = {}): Annotation {
    const after: Annotation = {
      id: randomUUID(),
      studyId: this.studyId,
      seriesId: this.seriesId,
      imageId: this.imageIds[at] ?? 0,
      objectId: randomUUID(),
      reader: 'Ada Lovelace',
      label: 'lesion',
      shape,
      attributes: {},
      state: 'drawn',
      origin: null,
      note: '',
      revision: 0,
      createdAt: '',
      updatedAt: '',
      ...more,
    }
    const { annotations } = this.annotations.apply({
      id: randomUUID(),
      studyId: this.studyId,
      reader: after.reader,
      kind: 'draw',
      changes: [{ before: null, after }],
    })
    return annotations[0] ?? after
  }

  /**
   * Puts a mask that a model found on some slices into the library, with the probabilities it was cut from, and takes it
   * over as it is. Gives the probabilities of these slices, as bytes.
   */
  propose(mask: Rle, slices: readonly number[]): { at: number; bytes: number[] }[] {
    const { database } = this.library
    const { rows, columns } = phantom
    const insert = (sql: string, ...values: (string | number | Uint8Array)[]) =>
      Number(database.prepare(sql).run(...values).lastInsertRowid)
    const jobId = insert(
      `INSERT INTO jobs (kind, state, title, request, fingerprint, created_at) VALUES ('score', 'done', '', '{}', 'f', '')`,
    )
    const runId = insert(
      `INSERT INTO runs (job_id, model_id, model_version, model_sha256, provider, threshold, created_at)
       VALUES (?, 'tumour', '1.2.0', '', 'cpu', 0.5, '')`,
      jobId,
    )
    const objectId = randomUUID()
    return slices.map((at) => {
      const bytes = Uint8Array.from(decodeRle(mask), (set, i) => (set ? 128 + ((i + at) % 128) : 0))
      const info = {
        rows,
        columns,
        mapRows: rows,
        mapColumns: columns,
        crop: [0, 0, columns, rows],
        labels: ['lesion'],
      }
      const imageId = this.imageIds[at] ?? 0
      const prediction = insert(
        `INSERT INTO predictions (run_id, image_id, sha256, milliseconds, map_info, map, created_at)
         VALUES (?, ?, '', 1, ?, ?, '')`,
        runId,
        imageId,
        JSON.stringify(info),
        deflateRawSync(bytes),
      )
      const findingId = insert(
        `INSERT INTO findings (prediction_id, image_id, label, score, mean_probability, mask)
         VALUES (?, ?, 'lesion', 0.9, 0.8, ?)`,
        prediction,
        imageId,
        JSON.stringify(mask.runs),
      )
      const origin = {
        findingId,
        lesionId: null,
        runId,
        modelId: 'tumour',
        modelVersion: '1.2.0',
        score: 0.9,
      }
      this.draw({ kind: 'mask', mask }, { at, objectId, origin, state: 'accepted' })
      return { at, bytes: [...bytes] }
    })
  }

  /** Ends in the job and the files below each format's folder. */
  async export(...formats: string[]) {
    const { jobId } = this.exchange.export({
      target: { kind: 'studies', studyIds: [this.studyId] },
      formats,
      folder: this.out,
    })
    return {
      job: await this.library.jobs.settled(jobId),
      problems: this.problems(jobId),
      files: this.files(),
    }
  }

  async import(...paths: string[]) {
    const { jobId } = this.exchange.importAnnotations({ paths, reader: 'Grace Hopper' })
    return { job: await this.library.jobs.settled(jobId), problems: this.problems(jobId) }
  }

  /** What readers say of the images now, in stack order. */
  said(reader?: string): Annotation[] {
    const query = reader === undefined ? {} : { readers: [reader] }
    const { tags, images } = this.annotations.forStudy(this.studyId, query)
    return [...images.flatMap(({ annotations }) => annotations), ...tags]
  }

  /** Takes back everything, as a person would. */
  undoAll(reader: string): void {
    while (this.annotations.undo(this.studyId, reader));
  }

  close() {
    return this.library.close()
  }

  private files(): string[] {
    const entries = readdirSync(this.out, { recursive: true, withFileTypes: true })
    return entries.flatMap((entry) => (entry.isFile() ? join(entry.parentPath, entry.name) : []))
  }

  private problems(jobId: number): string[] {
    return this.library.database
      .prepare<[number], string>("SELECT fault FROM job_items WHERE job_id = ? AND state <> 'done'")
      .pluck()
      .all(jobId)
  }
}

/** A disc as a mask of the phantom. */
export function disc(x: number, y: number, radius: number, { rows, columns } = phantom): Rle {
  const pixels = new Uint8Array(rows * columns)
  for (let at = 0; at < pixels.length; at++) {
    const [dx, dy] = [(at % columns) + 0.5 - x, Math.floor(at / columns) + 0.5 - y]
    if (dx * dx + dy * dy <= radius * radius) pixels[at] = 1
  }
  return encodeRle(pixels, rows, columns)
}
