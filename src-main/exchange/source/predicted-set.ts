import { z } from 'zod'
import type { Database } from '#main/database/open'
import { type Box, classResult } from '#shared/domain/finding'
import { contentUuid } from '../content-id'
import type { ExportAnnotation, ExportImage, ExportSet, ImageIdentity } from '../types'
import type { SetDeps } from './annotated-set'
import { labelsOf } from './label-of'
import { pictureOf } from './picture'
import { probabilityOf } from './probability'
import { identities, seriesIdentity } from './stack'

interface FindingRow {
  id: number
  lesionId: number | null
  label: string
  score: number
  x: number | null
  y: number | null
  width: number | null
  height: number | null
  mask: string | null
  createdAt: string
}

interface RunRow {
  id: number
  modelId: string
  modelVersion: string
}

const FINDINGS = `
SELECT findings.id, lesion_id AS lesionId, label, score, x, y, width, height, mask, predictions.created_at AS createdAt
FROM predictions JOIN findings ON findings.prediction_id = predictions.id
WHERE predictions.run_id = ? AND predictions.image_id = ? ORDER BY findings.id`

const CLASSES = `
SELECT predictions.id, called, outputs, predictions.created_at AS createdAt
FROM predictions JOIN classifications ON prediction_id = predictions.id WHERE run_id = ? AND image_id = ?`

const storedRuns = z.array(z.number().int().nonnegative())
const labelIds = z.array(z.string())

/** What a scoring job predicted: every image it scored, and what its models proposed for each. */
export function predictedSet(deps: SetDeps, { name, jobId }: { name: string; jobId: number }): ExportSet {
  const { database, models, engine, annotations } = deps
  const schemas = annotations.schemas().map(({ id }) => annotations.schema(id))
  const runs = database
    .prepare<[number], RunRow>(
      'SELECT id, model_id AS modelId, model_version AS modelVersion FROM runs WHERE job_id = ? ORDER BY id',
    )
    .all(jobId)
  return {
    name,
    labels: labelsOf(usedLabels(database, jobId), schemas, models.knownLabels()),
    total: runs.reduce((total, { id }) => total + seriesOfRun(database, id).length, 0),
    *outline() {
      for (const { id } of runs) {
        for (const seriesId of seriesOfRun(database, id)) {
          const images = stackOfRun(database, id, seriesId).map((identity) => ({ identity }))
          yield { identity: seriesIdentity(database, seriesId), images }
        }
      }
    },
    async *series() {
      for (const run of runs) {
        for (const seriesId of seriesOfRun(database, run.id)) {
          const images = stackOfRun(database, run.id, seriesId).map((identity): ExportImage => {
            const { imageId, rows, columns } = identity
            return {
              identity,
              annotations: [...proposals(database, run, identity), ...calls(database, run, identity)],
              probability: (label) =>
                probabilityOf(database, { runId: run.id, imageId, label, pixels: rows * columns }),
              ...pictureOf(engine, identity),
            }
          })
          yield { identity: seriesIdentity(database, seriesId), images, tags: [] }
        }
      }
    },
  }
}

function proposals(database: Database, run: RunRow, image: ImageIdentity): ExportAnnotation[] {
  return database
    .prepare<[number, number], FindingRow>(FINDINGS)
    .all(run.id, image.imageId)
    .flatMap((row) => {
      const shape = shapeOf(row, image)
      if (!shape) return []
      const object = row.lesionId === null ? `finding ${row.id}` : `lesion ${row.lesionId}`
      return { ...proposal(run, image, row, `finding ${row.id}`, object), shape }
    })
}

/** Labels called for the whole image, as its tags. */
function calls(database: Database, run: RunRow, image: ImageIdentity): ExportAnnotation[] {
  const row = database
    .prepare<[number, number], { id: number; called: string; outputs: string; createdAt: string }>(CLASSES)
    .get(run.id, image.imageId)
  if (!row) return []
  const outputs = z.array(classResult).parse(JSON.parse(row.outputs))
  return labelIds.parse(JSON.parse(row.called)).map((label) => {
    const chances = outputs.flatMap(({ probabilities }) => probabilities.filter((one) => one.label === label))
    const found = { id: row.id, lesionId: null, label, score: chances[0]?.probability ?? 1 }
    const name = `prediction ${row.id} ${label}`
    return {
      ...proposal(run, image, { ...found, createdAt: row.createdAt }, name, name),
      shape: { kind: 'tag' },
    }
  })
}

type Proposed = Pick<FindingRow, 'id' | 'lesionId' | 'label' | 'score' | 'createdAt'>

function proposal(run: RunRow, image: ImageIdentity, row: Proposed, name: string, object: string) {
  return {
    id: contentUuid(`run ${run.id} ${name}`),
    studyId: image.studyId,
    seriesId: image.seriesId,
    imageId: image.imageId,
    objectId: contentUuid(`run ${run.id} ${object}`),
    reader: `${run.modelId}@${run.modelVersion}`,
    label: row.label,
    attributes: {},
    state: 'proposed' as const,
    origin: {
      findingId: row.id,
      lesionId: row.lesionId,
      runId: run.id,
      modelId: run.modelId,
      modelVersion: run.modelVersion,
      score: row.score,
    },
    note: '',
    revision: 0,
    createdAt: row.createdAt,
    updatedAt: row.createdAt,
  }
}

function shapeOf(row: FindingRow, { rows, columns }: ImageIdentity): ExportAnnotation['shape'] | null {
  if (row.mask !== null) {
    return { kind: 'mask', mask: { rows, columns, runs: storedRuns.parse(JSON.parse(row.mask)) } }
  }
  const { x, y, width, height } = row
  if (x === null || y === null || width === null || height === null) return null
  const box: Box = [x, y, width, height]
  return { kind: 'box', box, angle: 0 }
}

function seriesOfRun(database: Database, runId: number): number[] {
  return database
    .prepare<[number], number>(
      `SELECT DISTINCT images.series_id FROM predictions JOIN images ON images.id = predictions.image_id
       WHERE run_id = ? ORDER BY images.series_id`,
    )
    .pluck()
    .all(runId)
}

/** Those of its images that were scored. */
function stackOfRun(database: Database, runId: number, seriesId: number): ImageIdentity[] {
  return identities(
    database,
    `images.series_id = ? AND images.id IN (SELECT image_id FROM predictions WHERE run_id = ?)
     ORDER BY images.ordinal, images.id`,
    seriesId,
    runId,
  )
}

function usedLabels(database: Database, jobId: number): string[] {
  return database
    .prepare<{ job: number }, string>(
      `SELECT label FROM findings JOIN predictions ON predictions.id = prediction_id
       WHERE run_id IN (SELECT id FROM runs WHERE job_id = @job)
       UNION SELECT called.value FROM classifications JOIN predictions ON predictions.id = prediction_id,
         json_each(classifications.called) AS called
       WHERE run_id IN (SELECT id FROM runs WHERE job_id = @job)`,
    )
    .pluck()
    .all({ job: jobId })
}
