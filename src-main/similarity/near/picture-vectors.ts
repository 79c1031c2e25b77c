import { type Database, withoutWaitingForDisk } from '#main/database/open'
import type { ModelSource } from '#main/engine/types'
import { type ModelManifest, modelName } from '#shared/domain/model-manifest/index'
import { weightsHash } from '#shared/domain/model-manifest/weights-hash'
import type { Provider } from '#shared/domain/provider'
import { type StoredVector, unitVector } from '#shared/similarity/vector'

interface Row extends StoredVector {
  imageId: number
  samples: number
}

/** Images whose vectors are read at once. */
const atOnce = 4096

/** Vectors of one model for images, as scoring and checks leave them. */
export class PictureVectors {
  readonly #database: Database
  readonly #model: string

  constructor(database: Database, model: string) {
    this.#database = database
    this.#model = model
  }

  /** Of the images, those of these modalities (of any without) that have no vector yet. */
  missing(imageIds: readonly number[], modalities: readonly string[] | null): number[] {
    return this.#database
      .prepare<[string, string, string], number>(
        `SELECT images.id FROM json_each(?) AS wanted JOIN images ON images.id = wanted.value
           JOIN series ON series.id = images.series_id
         WHERE EXISTS (SELECT 1 FROM json_each(?) WHERE value IS NULL OR value = series.modality) AND NOT EXISTS (SELECT 1 FROM predictions
           JOIN runs ON runs.id = predictions.run_id JOIN embeddings ON embeddings.prediction_id = predictions.id
           WHERE predictions.image_id = images.id AND runs.model_id || '@' || runs.model_version = ?)
         ORDER BY wanted.key`,
      )
      .pluck()
      .all(JSON.stringify(imageIds), JSON.stringify(modalities), this.#model)
  }

  /** The newest vector of each of the images of these modalities (of any without) that has one, a stretch at a time. */
  *read(
    imageIds: readonly number[],
    modalities: readonly string[] | null,
  ): Generator<{ imageId: number; colour: boolean; vector: Float32Array }[]> {
    const find = this.#database.prepare<[string, string, string], Row>(
      `SELECT predictions.image_id AS imageId, max(predictions.id), dimensions, vector, instances.samples
       FROM json_each(?) AS wanted JOIN predictions ON predictions.image_id = wanted.value
         JOIN runs ON runs.id = predictions.run_id JOIN embeddings ON embeddings.prediction_id = predictions.id
         JOIN images ON images.id = predictions.image_id JOIN instances ON instances.id = images.instance_id
         JOIN series ON series.id = images.series_id
       WHERE runs.model_id || '@' || runs.model_version = ?
         AND EXISTS (SELECT 1 FROM json_each(?) WHERE value IS NULL OR value = series.modality) GROUP BY predictions.image_id`,
    )
    for (let from = 0; from < imageIds.length; from += atOnce) {
      const ids = JSON.stringify(imageIds.slice(from, from + atOnce))
      yield find.all(ids, this.#model, JSON.stringify(modalities)).map(({ imageId, samples, ...stored }) => ({
        imageId,
        colour: samples > 1,
        vector: unitVector(stored),
      }))
    }
  }

  /** The run of a job that vectors are kept under; that of before where the job goes on. */
  runOf(jobId: number, manifest: ModelManifest, source: ModelSource, provider: Provider): number {
    const known = this.#database
      .prepare<[number, string], number>(
        "SELECT id FROM runs WHERE job_id = ? AND model_id || '@' || model_version = ?",
      )
      .pluck()
      .get(jobId, modelName(manifest))
    if (known !== undefined) return known
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO runs (job_id, model_id, model_version, model_sha256, provider, threshold, precision, task, places,
           created_at) VALUES (?, ?, ?, ?, ?, ?, ?, 'embedding', 0, ?)`,
      )
      .run(
        jobId,
        manifest.id,
        manifest.version,
        weightsHash(manifest, source.precision),
        provider,
        manifest.operatingPoint.threshold,
        source.precision,
        new Date().toISOString(),
      )
    return Number(lastInsertRowid)
  }

  put(
    runId: number,
    imageId: number,
    { sha256, milliseconds, embedding }: { sha256: string; milliseconds: number; embedding: Float32Array },
  ): void {
    withoutWaitingForDisk(this.#database, () =>
      this.#database.transaction(() => {
        const { lastInsertRowid } = this.#database
          .prepare(
            'INSERT INTO predictions (run_id, image_id, sha256, milliseconds, created_at) VALUES (?, ?, ?, ?, ?)',
          )
          .run(runId, imageId, sha256, milliseconds, new Date().toISOString())
        const { length, buffer, byteOffset, byteLength } = embedding
        this.#database
          .prepare('INSERT INTO embeddings (prediction_id, dimensions, vector) VALUES (?, ?, ?)')
          .run(lastInsertRowid, length, new Uint8Array(buffer, byteOffset, byteLength))
      })(),
    )
  }
}
