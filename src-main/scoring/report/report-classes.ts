import { z } from 'zod'
import type { Database } from '#main/database/open'
import { classResult } from '#shared/domain/finding'

/** What a model says of a whole image, all its outputs together. */
export interface ReportClasses {
  probabilities: ReadonlyMap<string, number>
  groups: ReadonlyMap<string, number>
  /** Labels called, the most important first. */
  called: string[]
}

interface WholeImage {
  classes: ReportClasses | null
  embedding: Float32Array | null
}

interface ClassRow {
  id: number
  called: string
  outputs: string
}

const outputsOf = z.array(classResult)
const labelsOf = z.array(z.string())
const chosen = 'WHERE prediction_id IN (SELECT value FROM json_each(?))'

/** Classes and embeddings of some predictions, by prediction. */
export function wholeImages(
  database: Database,
  predictions: readonly number[],
): (predictionId: number | null) => WholeImage {
  const ids = JSON.stringify(predictions)
  const classes = database
    .prepare<[string], ClassRow>(`SELECT prediction_id AS id, called, outputs FROM classifications ${chosen}`)
    .all(ids)
  const vectors = database
    .prepare<[string], { id: number; vector: Uint8Array }>(
      `SELECT prediction_id AS id, vector FROM embeddings ${chosen}`,
    )
    .all(ids)
  const classesOf = new Map(classes.map((row) => [row.id, together(row)]))
  const vectorOf = new Map(vectors.map(({ id, vector }) => [id, new Float32Array(vector.slice().buffer)]))
  return (id) => ({
    classes: id === null ? null : (classesOf.get(id) ?? null),
    embedding: id === null ? null : (vectorOf.get(id) ?? null),
  })
}

function together({ called, outputs }: ClassRow): ReportClasses {
  const probabilities = new Map<string, number>()
  const groups = new Map<string, number>()
  for (const output of outputsOf.parse(JSON.parse(outputs))) {
    for (const { label, probability } of output.probabilities) {
      if (!probabilities.has(label)) probabilities.set(label, probability)
    }
    for (const { group, probability } of output.groups) {
      if (!groups.has(group)) groups.set(group, probability)
    }
  }
  return { probabilities, groups, called: labelsOf.parse(JSON.parse(called)) }
}
