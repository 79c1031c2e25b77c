import { z } from 'zod'
import { type Database, withoutWaitingForDisk } from '#main/database/open'
import type { Engine, Explanation } from '#main/engine/types'
import type { ImageSource } from '#main/library/types'
import type { Models } from '#main/models/types'
import { LeptonError } from '#shared/domain/fault'
import { precision } from '#shared/domain/model-manifest/files'
import { mapInfo } from '#shared/domain/probability-map'
import { provider } from '#shared/domain/provider'

export interface ExplanationDeps {
  database: Database
  engine: Pick<Engine, 'explain'>
  models: Pick<Models, 'find' | 'source'>
  library: { imageSource(imageId: number): ImageSource }
}

interface PredictionRow {
  image_id: number
  model: string
  provider: string
  precision: string
}

const method = z.enum(['activation', 'occlusion'])

/** Where the probability of a label or of a group comes from; made once for each prediction and label, then kept. */
export class Explanations {
  readonly #deps: ExplanationDeps
  /** Under way, so that asking twice costs nothing. */
  readonly #making = new Map<string, Promise<Explanation>>()

  constructor(deps: ExplanationDeps) {
    this.#deps = deps
  }

  /**
   * @throws NOT_FOUND, MODEL_NOT_FOUND; MODEL_DOES_NOT_FIT for what is no class of the model; and what reading the
   * image or running the model throws
   */
  async of(predictionId: number, label: string): Promise<Explanation> {
    const kept = this.#kept(predictionId, label)
    if (kept) return kept
    const key = `${predictionId} ${label}`
    const making =
      this.#making.get(key) ?? this.#make(predictionId, label).finally(() => this.#making.delete(key))
    this.#making.set(key, making)
    return making
  }

  #kept(predictionId: number, label: string): Explanation | null {
    const row = this.#deps.database
      .prepare<[number, string], { method: string; info: string; bytes: Uint8Array }>(
        'SELECT method, info, bytes FROM explanations WHERE prediction_id = ? AND label = ?',
      )
      .get(predictionId, label)
    if (!row) return null
    return {
      method: method.parse(row.method),
      info: mapInfo.parse(JSON.parse(row.info)),
      bytes: row.bytes,
    }
  }

  async #make(predictionId: number, label: string): Promise<Explanation> {
    const { database, engine, models, library } = this.#deps
    const row = database
      .prepare<[number], PredictionRow>(
        `SELECT image_id, model_id || '@' || model_version AS model, provider, precision
         FROM predictions JOIN runs ON runs.id = run_id WHERE predictions.id = ?`,
      )
      .get(predictionId)
    if (!row) {
      throw new LeptonError('NOT_FOUND', {
        expected: 'a prediction',
        received: `prediction ${predictionId}`,
      })
    }
    const manifest = models.find(row.model)
    const model = await models.source(manifest, precision.parse(row.precision))
    const { path, frame } = library.imageSource(row.image_id)
    const explanation = await engine.explain(model, provider.parse(row.provider), { path, frame }, label)
    this.#keep(predictionId, label, explanation)
    return explanation
  }

  #keep(predictionId: number, label: string, explanation: Explanation): void {
    const { database } = this.#deps
    // the prediction may have gone meanwhile
    withoutWaitingForDisk(database, () =>
      database
        .prepare(
          `INSERT OR REPLACE INTO explanations (prediction_id, label, method, info, bytes)
           SELECT id, ?, ?, ?, ? FROM predictions WHERE id = ?`,
        )
        .run(label, explanation.method, JSON.stringify(explanation.info), explanation.bytes, predictionId),
    )
  }
}
