import type { Database } from '#main/database/open'
import { type StoredVector, unitVector } from '#shared/similarity/vector'
import type { Embedded } from './diverse'

interface Row extends StoredVector {
  image_id: number
}

/** The newest vector of each image, all from the model that gave the most. */
export function embeddingsOf(database: Database, imageIds: readonly number[]): Map<number, Embedded> {
  const ids = JSON.stringify(imageIds)
  const model = database
    .prepare<[string], string>(
      `SELECT r.model_id || '@' || r.model_version FROM embeddings e JOIN predictions p ON p.id = e.prediction_id
       JOIN runs r ON r.id = p.run_id WHERE p.image_id IN (SELECT value FROM json_each(?))
       GROUP BY 1 ORDER BY count(*) DESC, 1 DESC LIMIT 1`,
    )
    .pluck()
    .get(ids)
  if (model === undefined) return new Map()
  const rows = database
    .prepare<[string, string], Row>(
      `SELECT p.image_id, e.dimensions, e.vector FROM embeddings e JOIN predictions p ON p.id = e.prediction_id
       JOIN runs r ON r.id = p.run_id WHERE p.image_id IN (SELECT value FROM json_each(?))
       AND r.model_id || '@' || r.model_version = ? ORDER BY p.id`,
    )
    .all(ids, model)
  return new Map(rows.map((row) => [row.image_id, { imageId: row.image_id, vector: unitVector(row) }]))
}
