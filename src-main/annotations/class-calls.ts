import { z } from 'zod'
import type { Database } from '#main/database/open'
import type { Decision } from '#shared/contract/annotations'
import type { Annotation } from '#shared/domain/annotation/annotation'
import { LeptonError } from '#shared/domain/fault'
import { classResult } from '#shared/domain/finding'
import type { Proposed } from './proposals'
import { annotationOf } from './store'

interface CallRow {
  /** As it was asked for. */
  label: string
  runId: number
  modelId: string
  modelVersion: string
  imageId: number
  seriesId: number
  studyId: number
  /** Every output with its probabilities, as JSON. */
  outputs: string
}

const outputsOf = z.array(classResult)

/** What a model said of whole images, as a reader decides it. @throws NOT_FOUND */
export function classCallsOf(database: Database, { classes = [], studyId }: Decision): Proposed[] {
  if (classes.length === 0) return []
  const calls = database
    .prepare<[string], CallRow>(
      `SELECT asked.value ->> '$.label' AS label, p.run_id AS runId, r.model_id AS modelId,
         r.model_version AS modelVersion, i.id AS imageId, i.series_id AS seriesId, s.study_id AS studyId, c.outputs
       FROM json_each(?) asked JOIN predictions p ON p.id = asked.value ->> '$.predictionId'
         JOIN classifications c ON c.prediction_id = p.id JOIN runs r ON r.id = p.run_id
         JOIN images i ON i.id = p.image_id JOIN series s ON s.id = i.series_id
       ORDER BY asked.key`,
    )
    .all(JSON.stringify(classes))
    .filter((row) => row.studyId === studyId)
    .flatMap((row) => proposedOf(row) ?? [])
  if (calls.length === classes.length) return calls
  throw new LeptonError('NOT_FOUND', {
    expected: `${classes.length} classifications of study ${studyId}`,
    received: `${calls.length} of them`,
    remedy: 'The series was scored again meanwhile. Open it again.',
  })
}

/** Null for a label that the model does not know. */
function proposedOf({ outputs, label, ...row }: CallRow): Proposed | null {
  const score = outputsOf
    .parse(JSON.parse(outputs))
    .flatMap(({ probabilities }) => probabilities)
    .find((one) => one.label === label)?.probability
  if (score === undefined) return null
  return { ...row, label, said: label, score, findingId: null, lesionId: null, shape: { kind: 'tag' } }
}

/** What the reader said of a call before; null where nothing. */
export function earlierOfCall(
  database: Database,
  reader: string,
  { imageId, runId, said }: Proposed,
): Annotation | null {
  const body = database
    .prepare<[number, string, number, string | null], string>(
      `SELECT body FROM annotations WHERE image_id = ? AND reader = ? AND finding_id IS NULL
         AND body ->> '$.origin.runId' = ? AND body ->> '$.origin.said' = ? ORDER BY rowid DESC LIMIT 1`,
    )
    .pluck()
    .get(imageId, reader, runId, said)
  return body === undefined ? null : annotationOf(body)
}
