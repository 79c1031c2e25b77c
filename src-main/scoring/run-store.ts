import type { Database } from '#main/database/open'
import { LeptonError } from '#shared/domain/fault'
import { type ModelManifest, modelName } from '#shared/domain/model-manifest/index'
import { type Provider, provider } from '#shared/domain/provider'

/** One model on one provider at one threshold, within a job. */
export interface Run {
  id: number
  modelId: string
  modelVersion: string
  provider: Provider
  threshold: number
}

interface RunRow {
  id: number
  model_id: string
  model_version: string
  model_sha256: string
  provider: string
  threshold: number
}

const COLUMNS = 'id, model_id, model_version, model_sha256, provider, threshold'

export class RunStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Runs of a job, the one with most images first. */
  ofJob(jobId: number): Run[] {
    return this.#database
      .prepare<[number], RunRow>(
        `SELECT ${COLUMNS} FROM runs WHERE job_id = ?
         ORDER BY (SELECT count(*) FROM job_items WHERE run_id = runs.id) DESC, id`,
      )
      .all(jobId)
      .map(runOf)
  }

  /**
   * The run of a model within a job, as it was begun earlier.
   * @throws MODEL_HASH_MISMATCH if the model is not the one it was begun with.
   */
  find(jobId: number, manifest: ModelManifest): Run | null {
    const row = this.#database
      .prepare<[number, string, string], RunRow>(
        `SELECT ${COLUMNS} FROM runs WHERE job_id = ? AND model_id = ? AND model_version = ?`,
      )
      .get(jobId, manifest.id, manifest.version)
    if (!row) return null
    if (row.model_sha256 === manifest.files['model.onnx']) return runOf(row)
    throw new LeptonError('MODEL_HASH_MISMATCH', {
      expected: `${modelName(manifest)} with SHA-256 ${row.model_sha256}, with which the job was begun`,
      received: manifest.files['model.onnx'] ?? 'none',
      remedy: 'Start the job afresh.',
    })
  }

  insert(jobId: number, manifest: ModelManifest, chosen: Provider, threshold: number): Run {
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO runs (job_id, model_id, model_version, model_sha256, provider, threshold, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        jobId,
        manifest.id,
        manifest.version,
        manifest.files['model.onnx'] ?? '',
        chosen,
        threshold,
        new Date().toISOString(),
      )
    return {
      id: Number(lastInsertRowid),
      modelId: manifest.id,
      modelVersion: manifest.version,
      provider: chosen,
      threshold,
    }
  }
}

function runOf(row: RunRow): Run {
  return {
    id: row.id,
    modelId: row.model_id,
    modelVersion: row.model_version,
    provider: provider.parse(row.provider),
    threshold: row.threshold,
  }
}
