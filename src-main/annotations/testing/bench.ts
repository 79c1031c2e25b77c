import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { LibraryBench } from '#main/library/testing/bench'
import { writeDicom } from '#main/library/testing/tiny-dicom'
import type { Annotation, AnnotationAction, AnnotationChange } from '#shared/domain/annotation/annotation'
import type { Shape } from '#shared/domain/annotation/shape'
import { LeptonError } from '#shared/domain/fault'
import type { Rle } from '#shared/domain/finding'
import { annotationProcedures } from '../procedures'
import { createAnnotations } from '../service'

/** A computer without any model. */
export const noModels: Parameters<typeof createAnnotations>[0]['models'] = {
  knownLabels: () => [],
  find: (name) => {
    throw new LeptonError('MODEL_NOT_FOUND', { received: name })
  },
}

/** A library of one series of three slices, 4 x 4 pixels, with annotations over its real database. */
export class AnnotationBench {
  readonly library = new LibraryBench()
  readonly annotations = createAnnotations({
    database: this.library.database,
    models: noModels,
  })
  readonly client = createRouterClient(annotationProcedures(this.annotations))
  studyId = 0
  seriesId = 0
  imageIds: number[] = []

  async open(): Promise<this> {
    for (const slice of [1, 2, 3]) {
      writeDicom(join(this.library.inputs, `${slice}.dcm`), {
        instance: `1.2.1.1.${slice}`,
        position: [0, 0, slice],
      })
    }
    await this.library.import(this.library.inputs)
    const [study] = this.library.library.studies({ filter: {}, sort: 'newest', offset: 0, limit: 1 }).items
    this.studyId = study?.id ?? 0
    this.seriesId = this.library.library.study(this.studyId).series[0]?.id ?? 0
    this.imageIds = this.library.library.seriesImages(this.seriesId).map(({ id }) => id)
    return this
  }

  close() {
    return this.library.close()
  }

  /** A new annotation of an image of the stack. */
  one(shape: Shape, { at = 0, ...more }: Partial<Annotation> & { at?: number } = {}): Annotation {
    return {
      id: randomUUID(),
      studyId: this.studyId,
      seriesId: this.seriesId,
      imageId: this.imageIds[at] ?? 0,
      objectId: randomUUID(),
      reader: 'Ada',
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
  }

  action(kind: AnnotationAction['kind'], changes: AnnotationChange[], reader = 'Ada'): AnnotationAction {
    return { id: randomUUID(), studyId: this.studyId, reader, kind, changes }
  }

  /** Draws, and returns what is stored. */
  draw(shape: Shape, more: Partial<Annotation> & { at?: number } = {}): Annotation {
    const after = this.one(shape, more)
    const { annotations } = this.annotations.apply(
      this.action('draw', [{ before: null, after }], after.reader),
    )
    return annotations[0] ?? after
  }

  /** Puts a box and a masked finding of one lesion per slice into the library, as scoring does. */
  score(masks: readonly Rle[]): { runId: number; findingIds: number[] } {
    const { database } = this.library
    const insert = (sql: string, ...values: (string | number | null)[]) =>
      Number(database.prepare(sql).run(...values).lastInsertRowid)
    const jobId = insert(
      `INSERT INTO jobs (kind, state, title, request, fingerprint, created_at) VALUES ('score', 'done', '', '{}', 'f', '')`,
    )
    const runId = insert(
      `INSERT INTO runs (job_id, model_id, model_version, model_sha256, provider, threshold, created_at)
       VALUES (?, 'tumour', '1.2.0', '', 'cpu', 0.5, '')`,
      jobId,
    )
    const lesionId = insert(
      `INSERT INTO lesions (run_id, series_id, ordinal, label, first_slice, last_slice, key_slice, mean_probability,
         max_probability) VALUES (?, ?, 1, 'lesion', 1, 3, 2, 0.8, 0.9)`,
      runId,
      this.seriesId,
    )
    const findingIds = masks.map((mask, at) => {
      const imageId = this.imageIds[at] ?? 0
      const prediction = insert(
        `INSERT INTO predictions (run_id, image_id, sha256, milliseconds, created_at) VALUES (?, ?, '', 1, '')`,
        runId,
        imageId,
      )
      return insert(
        `INSERT INTO findings (prediction_id, image_id, lesion_id, label, score, mean_probability, x, y, width, height,
           mask) VALUES (?, ?, ?, 'lesion', ?, 0.8, 0, 0, 2, 2, ?)`,
        prediction,
        imageId,
        lesionId,
        0.9 - at / 10,
        JSON.stringify(mask.runs),
      )
    })
    return { runId, findingIds }
  }

  /** Puts probabilities of the first image into the library, as scoring does; the likeliest is called. */
  classify(probabilities: Record<string, number>): { runId: number; predictionId: number } {
    const { database } = this.library
    const { runId } = this.score([])
    const predictionId = Number(
      database
        .prepare(
          `INSERT INTO predictions (run_id, image_id, sha256, milliseconds, created_at) VALUES (?, ?, '', 1, '')`,
        )
        .run(runId, this.imageIds[0] ?? 0).lastInsertRowid,
    )
    const ranked = Object.entries(probabilities).map(([label, probability]) => ({ label, probability }))
    const likeliest = ranked.reduce((best, one) => (one.probability > best.probability ? one : best))
    const called = [likeliest.label]
    const outputs = [{ output: 'classes', probabilities: ranked, groups: [], called }]
    database
      .prepare(
        `INSERT INTO classifications (prediction_id, label, likeliest, score, called, outputs)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(
        predictionId,
        likeliest.label,
        likeliest.label,
        likeliest.probability,
        JSON.stringify(called),
        JSON.stringify(outputs),
      )
    return { runId, predictionId }
  }
}
