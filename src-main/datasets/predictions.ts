import { z } from 'zod'
import type { Database } from '#main/database/open'
import type { Box } from '#shared/domain/finding'

interface PredictionRow {
  id: number
  image_id: number
  run_id: number
  model_id: string
  threshold: number
}

export interface PredictedBox {
  label: string
  score: number
  box: Box | null
}

/** What the newest run of a model says of an image. */
export interface Prediction {
  id: number
  imageId: number
  runId: number
  modelId: string
  threshold: number
  boxes: PredictedBox[]
  /** Probabilities of a classification, the greatest first; empty where the model does not classify. */
  classes: { label: string; probability: number }[]
}

const outputs = z.array(
  z.object({ probabilities: z.array(z.object({ label: z.string(), probability: z.number() })) }),
)

/** The newest prediction of each model for each of the images, by image. */
export function predictionsOf(database: Database, imageIds: readonly number[]): Map<number, Prediction[]> {
  const ids = JSON.stringify(imageIds)
  const wanted = `SELECT max(p.id) FROM predictions p JOIN runs r ON r.id = p.run_id
    WHERE p.image_id IN (SELECT value FROM json_each(?)) GROUP BY p.image_id, r.model_id`
  const rows = database
    .prepare<[string], PredictionRow>(
      `SELECT p.id, p.image_id, p.run_id, r.model_id, coalesce(r.region_threshold, r.threshold) AS threshold
       FROM predictions p JOIN runs r ON r.id = p.run_id WHERE p.id IN (${wanted})`,
    )
    .all(ids)
  const boxes = Map.groupBy(
    database
      .prepare<[string], PredictedRow>(
        `SELECT prediction_id, label, score, x, y, width, height FROM findings WHERE prediction_id IN (${wanted})`,
      )
      .all(ids),
    ({ prediction_id }) => prediction_id,
  )
  const classes = new Map(
    database
      .prepare<[string], { prediction_id: number; outputs: string }>(
        `SELECT prediction_id, outputs FROM classifications WHERE prediction_id IN (${wanted})`,
      )
      .all(ids)
      .map(({ prediction_id, outputs: text }) => [prediction_id, classesOf(text)]),
  )
  const predictions = rows.map(
    (row): Prediction => ({
      id: row.id,
      imageId: row.image_id,
      runId: row.run_id,
      modelId: row.model_id,
      threshold: row.threshold,
      boxes: (boxes.get(row.id) ?? []).map(boxOf),
      classes: classes.get(row.id) ?? [],
    }),
  )
  return Map.groupBy(predictions, ({ imageId }) => imageId)
}

interface PredictedRow {
  prediction_id: number
  label: string
  score: number
  x: number | null
  y: number | null
  width: number | null
  height: number | null
}

function boxOf({ label, score, x, y, width, height }: PredictedRow): PredictedBox {
  const placed = x !== null && y !== null && width !== null && height !== null
  return { label, score, box: placed ? [x, y, width, height] : null }
}

function classesOf(text: string): Prediction['classes'] {
  const [first] = outputs.parse(JSON.parse(text))
  return (first?.probabilities ?? []).toSorted((a, b) => b.probability - a.probability)
}
