import { setImmediate as turn } from 'node:timers/promises'
import type { Database } from '#main/database/open'
import { cosine, type StoredVector, unitVector } from '#shared/similarity/vector'

interface Row extends StoredVector {
  id: number
  imageId: number
}

const VECTORS = `
FROM embeddings JOIN predictions ON predictions.id = embeddings.prediction_id JOIN runs ON runs.id = predictions.run_id
WHERE runs.model_id || '@' || runs.model_version = ?`

/** The vectors that scoring left in the library. */
export class VectorStore {
  readonly #database: Database
  readonly #stretch: number

  /** @param stretch vectors read at once; other requests are answered in between */
  constructor(database: Database, stretch = 4096) {
    this.#database = database
    this.#stretch = stretch
  }

  /** `id@version` of the models that left vectors, those that left the most first. */
  models(): string[] {
    return this.#database
      .prepare<[], string>(
        `SELECT model_id || '@' || model_version FROM embeddings
           JOIN predictions ON predictions.id = embeddings.prediction_id JOIN runs ON runs.id = predictions.run_id
         GROUP BY 1 ORDER BY count(*) DESC, 1 DESC`,
      )
      .pluck()
      .all()
  }

  /** The newest vector of an image, of length 1; null where the model left none. */
  of(model: string, imageId: number): Float32Array | null {
    const row = this.#database
      .prepare<[string, number], StoredVector>(
        `SELECT dimensions, vector ${VECTORS} AND predictions.image_id = ?
         ORDER BY embeddings.prediction_id DESC LIMIT 1`,
      )
      .get(model, imageId)
    return row ? unitVector(row) : null
  }

  /** How similar every image with a vector of the model is; the newest vector of an image counts. */
  async similarities(model: string, to: Float32Array): Promise<Map<number, number>> {
    const read = this.#database.prepare<[string, number], Row>(
      `SELECT embeddings.prediction_id AS id, predictions.image_id AS imageId, dimensions, vector ${VECTORS}
       AND embeddings.prediction_id > ? ORDER BY embeddings.prediction_id LIMIT ${this.#stretch}`,
    )
    const similarities = new Map<number, number>()
    let after = 0
    for (;;) {
      const rows = read.all(model, after)
      for (const row of rows) {
        if (row.dimensions === to.length) similarities.set(row.imageId, cosine(to, unitVector(row)))
      }
      const last = rows.at(-1)
      if (!last || rows.length < this.#stretch) return similarities
      after = last.id
      await turn()
    }
  }
}
