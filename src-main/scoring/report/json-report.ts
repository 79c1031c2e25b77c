import type { ReportClasses } from './report-classes'
import type { ReportData, ReportRun } from './report-data'
import type { ReportItem } from './report-items'
import type { ReportLesion } from './report-lesions'

/**
 * results.json, piece by piece: a head, then `items` and `lesions` with one line each. Where several models
 * took part, `model`, `provider` and `threshold` are those of the one used most; `models` names them all and
 * every item its own.
 */
export function* resultsJson(
  data: ReportData,
  maskOf: (item: ReportItem) => string | null,
): Generator<string> {
  const head = JSON.stringify(headOf(data), null, 2)
  yield `${head.slice(0, -2)},\n  "items": [`
  let first = true
  for (const item of data.items()) {
    yield `${first ? '' : ','}\n    ${JSON.stringify(itemOf(data, item, maskOf(item)))}`
    first = false
  }
  yield `${first ? '' : '\n  '}],\n  "lesions": [`
  first = true
  for (const lesion of data.lesions.values()) {
    yield `${first ? '' : ','}\n    ${JSON.stringify(lesionOf(lesion, data.runs))}`
    first = false
  }
  yield `${first ? '' : '\n  '}]\n}\n`
}

/** What the report says of the job as a whole; also what the command line prints. */
export function headOf({ job, runs, counts, labelCounts, inputs, app, notice }: ReportData) {
  const main = [...runs.values()][0]
  return {
    format: 'lepton-results',
    format_version: 1,
    app,
    notice,
    model: main?.model ?? null,
    provider: main?.provider ?? null,
    threshold: main?.threshold ?? null,
    operating_point: main?.operatingPoint ?? null,
    task: main?.task ?? null,
    precision: main?.precision ?? null,
    flips: main?.flips ?? false,
    models: [...runs.values()].map(runOf),
    state: job.state,
    started_at: job.startedAt,
    finished_at: job.finishedAt,
    inputs,
    counts,
    label_counts: labelCounts.map(({ meanScore, ...count }) => ({ ...count, mean_score: meanScore })),
  }
}

const runOf = ({ model, task, provider, threshold, operatingPoint, precision, flips }: ReportRun) => ({
  model,
  task,
  provider,
  threshold,
  operating_point: operatingPoint,
  precision,
  flips,
})

function itemOf(data: ReportData, item: ReportItem, mask: string | null) {
  const run = item.runId === null ? undefined : data.runs.get(item.runId)
  return {
    path: item.path,
    sha256: item.sha256,
    status: item.status,
    study_uid: item.studyUid,
    series_uid: item.seriesUid,
    instance_uid: item.instanceUid,
    frame: item.frame,
    model: run?.model ?? null,
    ...(item.reason ? { reason: { ...item.reason, message: data.sentence(item.reason) } } : {}),
    ...(item.warning ? { warning: { ...item.warning, message: data.sentence(item.warning) } } : {}),
    ...(item.classes ? classesOf(item.classes) : {}),
    findings: item.findings.map(({ label, score, box, areaPx, areaMm2, lesionId }) => ({
      label,
      score,
      box,
      area_px: areaPx,
      area_mm2: areaMm2,
      lesion: lesionId === null ? null : (data.lesions.get(lesionId)?.id ?? null),
    })),
    ...(item.embedding ? { embedding: Array.from(item.embedding, digits) } : {}),
    ...(mask === null ? {} : { mask }),
  }
}

const classesOf = ({ probabilities, groups, called }: ReportClasses) => ({
  probabilities: Object.fromEntries(probabilities),
  called,
  ...(groups.size > 0 ? { groups: Object.fromEntries(groups) } : {}),
})

/** The seven digits that float32 holds. */
const digits = (value: number) => Number(value.toPrecision(7))

function lesionOf(lesion: ReportLesion, runs: ReadonlyMap<number, ReportRun>) {
  return {
    id: lesion.id,
    series_uid: lesion.seriesUid,
    model: runs.get(lesion.runId)?.model ?? null,
    label: lesion.label,
    volume_mm3: lesion.volumeMm3,
    volume_ml: lesion.volumeMm3 === null ? null : lesion.volumeMm3 / 1000,
    longest_axial_diameter_mm: lesion.longestAxialDiameterMm,
    slices: [lesion.firstSlice, lesion.lastSlice],
    key_slice: lesion.keySlice,
    mean_probability: lesion.meanProbability,
    max_probability: lesion.maxProbability,
  }
}
