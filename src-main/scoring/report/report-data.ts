import type { Database } from '#main/database/open'
import type { Models } from '#main/models/types'
import { scoringRequest } from '#shared/contract/scoring'
import { type Fault, LeptonError } from '#shared/domain/fault'
import type { Job } from '#shared/domain/job'
import { texts } from '#shared/text'
import { ItemStore } from '../item-store'
import { RunStore } from '../run-store'
import { type ReportItem, reportItems } from './report-items'
import { type ReportLesion, reportLesions } from './report-lesions'

export interface ReportRun {
  /** `id@version` */
  model: string
  provider: string
  threshold: number
  /** How the model's own threshold was chosen; null where the package is gone. */
  operatingPoint: { threshold: number; chosen: string } | null
  /** Value in label images by label; 0 is the background. */
  labelIndex: ReadonlyMap<string, number>
}

/** Everything the reports of a job are written from. */
export interface ReportData {
  job: Job
  /** By id, the one with most images first. */
  runs: ReadonlyMap<number, ReportRun>
  /** By the id of their row. */
  lesions: ReadonlyMap<number, ReportLesion>
  counts: { total: number; scored: number; skipped: number; failed: number }
  /** The paths that were asked for; empty for jobs over the library. */
  inputs: readonly string[]
  app: { name: string; version: string }
  notice: string
  items(): Iterable<ReportItem>
  /** A fault as one line. Reports are read by programs and kept for years: they are in English. */
  sentence(fault: Fault): string
}

export function reportData(database: Database, models: Models, job: Job, appVersion: string): ReportData {
  const { total, done, skipped, failed } = new ItemStore(database).counts(job.id)
  return {
    job,
    runs: new Map(new RunStore(database).ofJob(job.id).map((run) => [run.id, describeRun(models, run)])),
    lesions: reportLesions(database, job.id),
    counts: { total, scored: done, skipped, failed },
    inputs: inputsOf(database, job.id),
    app: { name: 'Lepton Studio', version: appVersion },
    notice: texts.en.common.researchAidLong,
    items: () => reportItems(database, job.id),
    sentence,
  }
}

function sentence({ code, expected, received, remedy }: Fault): string {
  const details = [expected && `expected ${expected}`, received && `got ${received}`]
    .filter(Boolean)
    .join(', ')
  return [texts.en.errors[code], details && `(${details})`, remedy].filter(Boolean).join(' ')
}

function describeRun(models: Models, run: ReturnType<RunStore['ofJob']>[number]): ReportRun {
  const model = `${run.modelId}@${run.modelVersion}`
  const manifest = manifestOf(models, model)
  return {
    model,
    provider: run.provider,
    threshold: run.threshold,
    operatingPoint: manifest?.operatingPoint ?? null,
    labelIndex: new Map(manifest?.labels.map(({ id, index }) => [id, index]) ?? []),
  }
}

function manifestOf(models: Models, name: string) {
  try {
    return models.find(name)
  } catch (error) {
    if (error instanceof LeptonError && error.code === 'MODEL_NOT_FOUND') return null
    throw error
  }
}

function inputsOf(database: Database, jobId: number): string[] {
  const row = database
    .prepare<[number], { request: string }>('SELECT request FROM jobs WHERE id = ?')
    .get(jobId)
  const request = scoringRequest.parse(JSON.parse(row?.request ?? '{}'))
  return request.target.kind === 'paths' ? request.target.paths : []
}
