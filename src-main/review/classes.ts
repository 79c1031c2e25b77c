import { z } from 'zod'
import type { Database } from '#main/database/open'
import { type ClassResult, classResult } from '#shared/domain/finding'

const outputs = z.array(classResult)

/** Every probability that a prediction gives for the whole image; empty where its model does not classify. */
export function classesOf(database: Database, predictionId: number): ClassResult[] {
  const stored = database
    .prepare<[number], string>('SELECT outputs FROM classifications WHERE prediction_id = ?')
    .pluck()
    .get(predictionId)
  return stored === undefined ? [] : outputs.parse(JSON.parse(stored))
}
