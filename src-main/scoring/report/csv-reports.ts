import { type Cell, csvLine } from './csv'
import type { ReportData } from './report-data'

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
]

/** results.csv: a line for each finding. */
export function* resultsCsv(data: ReportData): Generator<string> {
  yield csvLine(RESULT_COLUMNS)
  for (const item of data.items()) {
    const run = item.runId === null ? undefined : data.runs.get(item.runId)
    for (const finding of item.findings) {
      const lesion = finding.lesionId === null ? undefined : data.lesions.get(finding.lesionId)
      const cells: Cell[] = [
        item.path,
        item.frame,
        item.sha256,
        item.studyUid,
        item.seriesUid,
        item.instanceUid,
        run?.model ?? null,
        run?.provider ?? null,
        finding.label,
        finding.score,
        ...(finding.box ?? [null, null, null, null]),
        finding.areaMm2,
        lesion?.id ?? null,
        lesion && lesion.volumeMm3 !== null ? lesion.volumeMm3 / 1000 : null,
      ]
      yield csvLine(cells)
    }
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
