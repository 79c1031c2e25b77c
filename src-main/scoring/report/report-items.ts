import type { Database } from '#main/database/open'
import { type Fault, fault } from '#shared/domain/fault'
import type { Box, Rle } from '#shared/domain/finding'
import { storedRuns } from '../stored-mask'
import { type ReportClasses, wholeImages } from './report-classes'

/** Items read at a time, so that memory does not grow with the job. */
const CHUNK = 500

export interface ReportFinding {
  label: string
  score: number
  box: Box | null
  areaPx: number | null
  areaMm2: number | null
  mask: Rle | null
  /** Id of the row in `lesions`; null where the model makes none. */
  lesionId: number | null
}

/** One ended item of a job with everything the reports say of it. */
export interface ReportItem {
  path: string
  root: string
  /** From 0; null for a file that shows no image. */
  frame: number | null
  multiFrame: boolean
  status: 'scored' | 'skipped' | 'failed'
  sha256: string | null
  studyUid: string | null
  seriesUid: string | null
  instanceUid: string | null
  rows: number
  columns: number
  runId: number | null
  reason: Fault | null
  /** Why the model is not made for it; it was scored all the same. */
  warning: Fault | null
  findings: ReportFinding[]
  /** What classifying outputs say of the whole image; null where the model has none. */
  classes: ReportClasses | null
  embedding: Float32Array | null
}

interface ItemRow {
  ordinal: number
  path: string
  root: string
  frame: number | null
  run_id: number | null
  state: 'done' | 'skipped' | 'failed'
  fault: string | null
  warning: string | null
  key: string | null
  rows: number | null
  columns: number | null
  frames: number | null
  series_uid: string | null
  study_uid: string | null
  prediction_id: number | null
  sha256: string | null
}

interface FindingRow {
  prediction_id: number
  lesion_id: number | null
  label: string
  score: number
  x: number | null
  y: number | null
  width: number | null
  height: number | null
  area_px: number | null
  area_mm2: number | null
  mask: string | null
}

const STATUS = { done: 'scored', skipped: 'skipped', failed: 'failed' } as const

const ITEMS = `
SELECT job_items.ordinal, job_items.path, root, job_items.frame, job_items.run_id, state, fault, warning,
  instances.key, instances.rows, instances.columns, instances.frames,
  series.uid AS series_uid, studies.uid AS study_uid,
  predictions.id AS prediction_id, coalesce(predictions.sha256, instances.sha256) AS sha256
FROM job_items LEFT JOIN images ON images.id = job_items.image_id
  LEFT JOIN instances ON instances.id = images.instance_id
  LEFT JOIN series ON series.id = images.series_id
  LEFT JOIN studies ON studies.id = series.study_id
  LEFT JOIN predictions ON predictions.run_id = job_items.run_id AND predictions.image_id = job_items.image_id
WHERE job_items.job_id = ? AND job_items.ordinal > ? AND state <> 'waiting'
ORDER BY job_items.ordinal LIMIT ${CHUNK}`

const FINDINGS = `
SELECT prediction_id, lesion_id, label, score, x, y, width, height, area_px, area_mm2, mask FROM findings
WHERE prediction_id IN (SELECT value FROM json_each(?)) ORDER BY id`

/** The ended items of a job in the order of its inputs, a few hundred at a time. */
export function* reportItems(database: Database, jobId: number): Generator<ReportItem> {
  const items = database.prepare<[number, number], ItemRow>(ITEMS)
  const findings = database.prepare<[string], FindingRow>(FINDINGS)
  let last = -1
  for (;;) {
    const rows = items.all(jobId, last)
    const predictions = rows.flatMap((row) => row.prediction_id ?? [])
    const found = Map.groupBy(findings.all(JSON.stringify(predictions)), (row) => row.prediction_id)
    const whole = wholeImages(database, predictions)
    for (const row of rows) {
      const { prediction_id: id, state } = row
      const done = id !== null && state === 'done'
      yield { ...itemOf(row, done ? (found.get(id) ?? []) : []), ...whole(done ? id : null) }
      last = row.ordinal
    }
    if (rows.length < CHUNK) return
  }
}

function itemOf(row: ItemRow, findings: readonly FindingRow[]): Omit<ReportItem, 'classes' | 'embedding'> {
  const [rows, columns] = [row.rows ?? 0, row.columns ?? 0]
  return {
    path: row.path,
    root: row.root,
    frame: row.frame,
    multiFrame: (row.frames ?? 1) > 1,
    status: STATUS[row.state],
    sha256: row.sha256,
    studyUid: row.study_uid,
    seriesUid: row.series_uid,
    instanceUid: row.key === null ? null : uidOf(row.key),
    rows,
    columns,
    runId: row.run_id,
    reason: row.fault === null ? null : fault.parse(JSON.parse(row.fault)),
    warning: row.warning === null ? null : fault.parse(JSON.parse(row.warning)),
    findings: findings.map((finding) => findingOf(finding, rows, columns)),
  }
}

function findingOf(row: FindingRow, rows: number, columns: number): ReportFinding {
  const { x, y, width, height } = row
  const runs = row.mask === null ? null : storedRuns.parse(JSON.parse(row.mask))
  return {
    label: row.label,
    score: row.score,
    box: x === null || y === null || width === null || height === null ? null : [x, y, width, height],
    areaPx: row.area_px,
    areaMm2: row.area_mm2,
    mask: runs && { rows, columns, runs },
    lesionId: row.lesion_id,
  }
}

/** The key of an instance is its SOP Instance UID, if it has one, after `sop:`. */
const uidOf = (key: string) => (key.startsWith('sop:') ? key.slice(4) : null)
