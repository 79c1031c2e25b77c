import type { Database } from '#main/database/open'
import type { Models } from '#main/models/types'
import { type LabelCount, scoringRequest } from '#shared/contract/scoring'
import { type Fault, LeptonError } from '#shared/domain/fault'
import type { Job } from '#shared/domain/job'
import type { ModelLabel } from '#shared/domain/model-manifest/index'
import { texts } from '#shared/text'
import { drawsMasks } from '../abilities'
import { ItemStore } from '../item-store'
import { labelCounts } from '../label-counts'
import { RunStore } from '../run-store'
import { type ReportItem, reportItems } from './report-items'
import { type ReportLesion, reportLesions } from './report-lesions'

export interface ReportRun {
  /** `id@version` */
  model: string
  provider: string
  threshold: number
  precision: string
  flips: boolean
  /** What the model is for; null where the package is gone. */
  task: string | null
  /** How the model's own threshold was chosen; null where the package is gone. */
  operatingPoint: { threshold: number; chosen: string; label?: string | undefined } | null
  /** The labels of the model with their names and codes. */
  labels: ReadonlyMap<string, ModelLabel>
  /** Whether the model draws masks; true where the package is gone. */
  masks: boolean
}

/** Everything the reports of a job are written from. */
export interface ReportData {
  job: Job
  /** By id, the one with most images first. */
  runs: ReadonlyMap<number, ReportRun>
  /** By the id of their row. */
  lesions: ReadonlyMap<number, ReportLesion>
  /** How often each label was found. */
  labelCounts: readonly LabelCount[]
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
    labelCounts: labelCounts(database, job.id),
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
    precision: run.precision,
    flips: run.flips,
    task: manifest?.task ?? null,
    operatingPoint: manifest?.operatingPoint ?? null,
    labels: new Map(manifest?.labels.map((label) => [label.id, label]) ?? []),
    masks: manifest === null || drawsMasks(manifest),
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
