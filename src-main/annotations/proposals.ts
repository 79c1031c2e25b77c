import { randomUUID } from 'node:crypto'
import type { Database } from '#main/database/open'
import type { Decision } from '#shared/contract/annotations'
import type { Annotation, AnnotationAction, AnnotationChange } from '#shared/domain/annotation/annotation'
import type { Shape } from '#shared/domain/annotation/shape'
import { LeptonError } from '#shared/domain/fault'
import { rle } from '#shared/domain/finding'
import { annotationOf } from './store'

interface FindingRow {
  findingId: number
  lesionId: number | null
  runId: number
  modelId: string
  modelVersion: string
  label: string
  score: number
  x: number | null
  y: number | null
  width: number | null
  height: number | null
  /** Runs as JSON, at the rows and columns of the stored image. */
  mask: string | null
  rows: number
  columns: number
  imageId: number
  seriesId: number
  studyId: number
}

/** The action that a decision comes to; null where everything was decided that way before. @throws NOT_FOUND */
export function actionOf(database: Database, decision: Decision): AnnotationAction | null {
  const { id, studyId, reader, verdict, label } = decision
  const findings = findingsOf(database, decision)
  const objects = objectsOf(database, reader, findings)
  const earlier = earlierOf(database, reader, findings)
  const changes = findings
    .map((finding) => changeOf(finding, earlier.get(finding.findingId) ?? null, objects, decision))
    .filter((change) => change !== null)
  if (changes.length === 0) return null
  const kind = verdict === 'reject' ? 'reject' : label === null ? 'accept' : 'correct'
  return { id, studyId, reader, kind, changes }
}

function findingsOf(database: Database, { findingIds, studyId }: Decision): FindingRow[] {
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
  return rows
}

/** What the reader said of these findings before, by finding. */
function earlierOf(
  database: Database,
  reader: string,
  findings: readonly FindingRow[],
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
function objectsOf(database: Database, reader: string, findings: readonly FindingRow[]): Map<number, string> {
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
  finding: FindingRow,
  before: Annotation | null,
  objects: ReadonlyMap<number, string>,
  decision: Decision,
): AnnotationChange | null {
  const { verdict, note } = decision
  const label = decision.label ?? before?.label ?? finding.label
  const corrected = label !== finding.label || before?.state === 'corrected'
  const state = verdict === 'reject' ? 'rejected' : corrected ? 'corrected' : 'accepted'
  if (before) {
    const kept = verdict === 'reject' ? note : before.state === 'rejected' ? '' : before.note
    if (before.state === state && before.label === label && before.note === kept) return null
    return { before, after: { ...before, state, label, note: kept } }
  }
  const { findingId, lesionId, runId, modelId, modelVersion, score, studyId, seriesId, imageId } = finding
  return {
    before: null,
    after: {
      id: randomUUID(),
      ...{ studyId, seriesId, imageId, label, state, note },
      objectId: (lesionId === null ? undefined : objects.get(lesionId)) ?? randomUUID(),
      reader: decision.reader,
      shape: shapeOf(finding),
      attributes: {},
      origin: { findingId, lesionId, runId, modelId, modelVersion, score },
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
