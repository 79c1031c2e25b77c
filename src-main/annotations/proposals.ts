import { randomUUID } from 'node:crypto'
import type { Database } from '#main/database/open'
import type { Decision } from '#shared/contract/annotations'
import type { Annotation, AnnotationAction, AnnotationChange } from '#shared/domain/annotation/annotation'
import type { Shape } from '#shared/domain/annotation/shape'
import { LeptonError } from '#shared/domain/fault'
import { rle } from '#shared/domain/finding'
import { classCallsOf, earlierOfCall } from './class-calls'
import { annotationOf } from './store'

/** Something a model proposed, as a reader decides it. */
export interface Proposed {
  findingId: number | null
  /** The label called of the whole image; null for a finding. */
  said: string | null
  lesionId: number | null
  runId: number
  modelId: string
  modelVersion: string
  label: string
  score: number
  shape: Shape
  imageId: number
  seriesId: number
  studyId: number
}

type FindingRow = Omit<Proposed, 'shape' | 'said'> & {
  findingId: number
  x: number | null
  y: number | null
  width: number | null
  height: number | null
  /** Runs as JSON, at the rows and columns of the stored image. */
  mask: string | null
  rows: number
  columns: number
}

/** The action that a decision comes to, and what the reader said of the same before. */
export interface Decisive {
  /** Null where everything was decided that way before. */
  action: AnnotationAction | null
  before: readonly Annotation[]
}

/** @throws NOT_FOUND */
export function actionOf(database: Database, decision: Decision): Decisive {
  const { id, studyId, reader, verdict, label } = decision
  const findings = findingsOf(database, decision)
  const objects = objectsOf(database, reader, findings)
  const known = earlierOf(database, reader, findings)
  const earlier = (one: Proposed) =>
    one.findingId === null ? earlierOfCall(database, reader, one) : (known.get(one.findingId) ?? null)
  const proposed = [...findings, ...classCallsOf(database, decision)].map((one) => ({
    one,
    before: earlier(one),
  }))
  const before = proposed.map((each) => each.before).filter((one) => one !== null)
  const changes = proposed
    .map((each) => changeOf(each.one, each.before, objects, decision))
    .filter((change) => change !== null)
  if (changes.length === 0) return { action: null, before }
  const kind = verdict === 'reject' ? 'reject' : label === null ? 'accept' : 'correct'
  return { action: { id, studyId, reader, kind, changes }, before }
}

function findingsOf(database: Database, { findingIds, studyId }: Decision): Proposed[] {
  const rows = database
    .prepare<[string], FindingRow>(
      `SELECT f.id AS findingId, f.lesion_id AS lesionId, p.run_id AS runId, r.model_id AS modelId,
         r.model_version AS modelVersion, f.label, f.score, f.x, f.y, f.width, f.height, f.mask,
         n.rows, n.columns, i.id AS imageId,
         i.series_id AS seriesId, s.study_id AS studyId
       FROM json_each(?) asked JOIN findings f ON f.id = asked.value JOIN predictions p ON p.id = f.prediction_id
         JOIN runs r ON r.id = p.run_id JOIN images i ON i.id = f.image_id
         JOIN instances n ON n.id = i.instance_id JOIN series s ON s.id = i.series_id
       GROUP BY f.id ORDER BY asked.key`,
    )
    .all(JSON.stringify(findingIds))
  const asked = new Set(findingIds).size
  if (rows.length < asked || rows.some((row) => row.studyId !== studyId)) {
    throw new LeptonError('NOT_FOUND', {
      expected: `${asked} findings of study ${studyId}`,
      received: `${rows.filter((row) => row.studyId === studyId).length} of them`,
      remedy: 'The series was scored again meanwhile. Open it again.',
    })
  }
  return rows.map((row) => ({ ...row, said: null, shape: shapeOf(row) }))
}

/** What the reader said of these findings before, by finding. */
function earlierOf(
  database: Database,
  reader: string,
  findings: readonly Proposed[],
): Map<number, Annotation> {
  const bodies = database
    .prepare<[string, string], string>(
      `SELECT body FROM annotations WHERE finding_id IN (SELECT value FROM json_each(?)) AND reader = ?
       ORDER BY created_at, rowid`,
    )
    .pluck()
    .all(JSON.stringify(findings.map(({ findingId }) => findingId)), reader)
  return new Map(bodies.map(annotationOf).map((one) => [one.origin?.findingId ?? 0, one]))
}

/** The object of each lesion: regions of a lesion taken over at different times stay one object. */
function objectsOf(database: Database, reader: string, findings: readonly Proposed[]): Map<number, string> {
  const known = database
    .prepare<[number, string], string>(
      `SELECT object_id FROM annotations WHERE finding_id IN (SELECT id FROM findings WHERE lesion_id = ?)
         AND reader = ? LIMIT 1`,
    )
    .pluck()
  const lesions = new Set(findings.map(({ lesionId }) => lesionId).filter((id) => id !== null))
  return new Map([...lesions].map((id) => [id, known.get(id, reader) ?? randomUUID()]))
}

function changeOf(
  proposed: Proposed,
  before: Annotation | null,
  objects: ReadonlyMap<number, string>,
  decision: Decision,
): AnnotationChange | null {
  const { verdict, note } = decision
  const label = decision.label ?? before?.label ?? proposed.label
  const corrected = label !== proposed.label || before?.state === 'corrected'
  const state = verdict === 'reject' ? 'rejected' : corrected ? 'corrected' : 'accepted'
  if (before) {
    const kept = verdict === 'reject' ? note : before.state === 'rejected' ? '' : before.note
    if (before.state === state && before.label === label && before.note === kept) return null
    return { before, after: { ...before, state, label, note: kept } }
  }
  const { findingId, said, lesionId, runId, modelId, modelVersion, score } = proposed
  const { shape, studyId, seriesId, imageId } = proposed
  return {
    before: null,
    after: {
      id: randomUUID(),
      ...{ studyId, seriesId, imageId, label, state, note },
      objectId: (lesionId === null ? undefined : objects.get(lesionId)) ?? randomUUID(),
      reader: decision.reader,
      shape,
      attributes: {},
      origin: {
        findingId,
        lesionId,
        runId,
        modelId,
        modelVersion,
        score,
        ...(said === null ? {} : { said }),
      },
      revision: 0,
      createdAt: '',
      updatedAt: '',
    },
  }
}

const { runs } = rle.shape

/** As exactly as the model said it: its mask, else its box, else a tag of the image. */
function shapeOf({ mask, rows, columns, x, y, width, height }: FindingRow): Shape {
  if (mask !== null) return { kind: 'mask', mask: { rows, columns, runs: runs.parse(JSON.parse(mask)) } }
  if (x === null || y === null || width === null || height === null) return { kind: 'tag' }
  return { kind: 'box', box: [x, y, width, height], angle: 0 }
}
