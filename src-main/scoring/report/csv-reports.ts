import { type Cell, csvLine } from '#shared/csv'
import type { ReportData } from './report-data'
import type { ReportFinding, ReportItem } from './report-items'

const RESULT_COLUMNS = [
  'path',
  'frame',
  'sha256',
  'study_uid',
  'series_uid',
  'instance_uid',
  'model',
  'provider',
  'label',
  'score',
  'x',
  'y',
  'width',
  'height',
  'area_mm2',
  'lesion',
  'lesion_volume_ml',
  'kind',
  'group',
  'area_px',
]

/**
 * results.csv: a line for each finding (`finding`) and for each label called for a whole image (`called`). An image
 * for which no label was called has a line without a label and the probability of the likeliest (`not called`).
 */
export function* resultsCsv(data: ReportData): Generator<string> {
  yield csvLine(RESULT_COLUMNS)
  for (const item of data.items()) {
    for (const line of linesOf(item)) yield csvLine(cellsOf(data, item, line))
  }
}

interface Line {
  kind: 'finding' | 'called' | 'not called'
  label: string | null
  score: number | null
  finding?: ReportFinding
}

function linesOf({ findings, classes }: ReportItem): Line[] {
  const found = findings.map(
    (finding): Line => ({ kind: 'finding', label: finding.label, score: finding.score, finding }),
  )
  if (!classes) return found
  const { called, probabilities } = classes
  const score = Math.max(...probabilities.values())
  const whole: Line[] =
    called.length === 0
      ? [{ kind: 'not called', label: null, score }]
      : called.map((label) => ({ kind: 'called', label, score: probabilities.get(label) ?? null }))
  return [...whole, ...found]
}

function cellsOf(data: ReportData, item: ReportItem, { kind, label, score, finding }: Line): Cell[] {
  const run = item.runId === null ? undefined : data.runs.get(item.runId)
  const lesion = finding?.lesionId == null ? undefined : data.lesions.get(finding.lesionId)
  return [
    item.path,
    item.frame,
    item.sha256,
    item.studyUid,
    item.seriesUid,
    item.instanceUid,
    run?.model ?? null,
    run?.provider ?? null,
    label,
    score,
    ...(finding?.box ?? [null, null, null, null]),
    finding?.areaMm2 ?? null,
    lesion?.id ?? null,
    lesion && lesion.volumeMm3 !== null ? lesion.volumeMm3 / 1000 : null,
    kind,
    (label !== null && run?.labels.get(label)?.group) || null,
    finding?.areaPx ?? null,
  ]
}

/** counts.csv: a line for each label of each model, with how often it was found. */
export function* countsCsv(data: ReportData): Generator<string> {
  yield csvLine(['model', 'label', 'name_en', 'name_zh', 'code', 'counted', 'count', 'images', 'mean_score'])
  const runs = new Map([...data.runs.values()].map((run) => [run.model, run]))
  for (const { model, label, kind, count, images, meanScore } of data.labelCounts) {
    const known = runs.get(model)?.labels.get(label)
    const names = [known?.name.en ?? null, known?.name.zh ?? null]
    const code = known?.code ? `${known.code.scheme}:${known.code.value}` : null
    yield csvLine([model, label, ...names, code, kind, count, images, meanScore])
  }
}

/** failures.csv: a line for each item that failed. */
export function* failuresCsv(data: ReportData): Generator<string> {
  yield csvLine(['path', 'code', 'reason'])
  for (const item of data.items()) {
    if (item.status !== 'failed' || !item.reason) continue
    const place = item.multiFrame && item.frame !== null ? `frame ${item.frame}: ` : ''
    yield csvLine([item.path, item.reason.code, place + data.sentence(item.reason)])
  }
}
