import type { Database } from '#main/database/open'
import { LeptonError } from '#shared/domain/fault'
import { type Precision, precision } from '#shared/domain/model-manifest/files'
import { type ModelManifest, type ModelTask, modelName, task } from '#shared/domain/model-manifest/index'
import { weightsHash } from '#shared/domain/model-manifest/weights-hash'
import { type Provider, provider } from '#shared/domain/provider'
import { generalLabel, regionThreshold, saysWhere } from './abilities'

/** How a model is to run. */
export interface RunOptions {
  provider: Provider
  threshold: number
  precision: Precision
  flips: boolean
}

/** One model on one provider at one threshold, within a job. */
export interface Run extends RunOptions {
  id: number
  modelId: string
  modelVersion: string
  task: ModelTask
}

interface RunRow {
  id: number
  model_id: string
  model_version: string
  model_sha256: string
  provider: string
  threshold: number
  precision: string
  flips: number
  task: string
}

const COLUMNS = 'id, model_id, model_version, model_sha256, provider, threshold, precision, flips, task'

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
    const run = runOf(row)
    const sha256 = weightsHash(manifest, run.precision)
    if (row.model_sha256 === sha256) return run
    throw new LeptonError('MODEL_HASH_MISMATCH', {
      expected: `${modelName(manifest)} with SHA-256 ${row.model_sha256}, with which the job was begun`,
      received: sha256 || 'none',
      remedy: 'Start the job afresh.',
    })
  }

  insert(jobId: number, manifest: ModelManifest, options: RunOptions): Run {
    const { id: modelId, version: modelVersion, task: work, operatingPoint } = manifest
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO runs (job_id, model_id, model_version, model_sha256, provider, threshold, precision, flips,
           task, region_threshold, places, key_label, general_label, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        jobId,
        modelId,
        modelVersion,
        weightsHash(manifest, options.precision),
        options.provider,
        options.threshold,
        options.precision,
        options.flips ? 1 : 0,
        work,
        regionThreshold(manifest),
        saysWhere(manifest) ? 1 : 0,
        operatingPoint.label ?? null,
        generalLabel(manifest),
        new Date().toISOString(),
      )
    return { id: Number(lastInsertRowid), modelId, modelVersion, task: work, ...options }
  }
}

function runOf(row: RunRow): Run {
  return {
    id: row.id,
    modelId: row.model_id,
    modelVersion: row.model_version,
    provider: provider.parse(row.provider),
    threshold: row.threshold,
    precision: precision.parse(row.precision),
    flips: row.flips === 1,
    task: task.parse(row.task),
  }
}
