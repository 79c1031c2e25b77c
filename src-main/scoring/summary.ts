import type { Database } from '#main/database/open'
import type { LabelCount } from '#shared/contract/scoring'
import { type Fault, fault } from '#shared/domain/fault'
import type { ModelTask } from '#shared/domain/model-manifest/index'
import { labelCounts } from './label-counts'
import { RunStore } from './run-store'

/** A job in brief. */
export interface ScoringSummary {
  /** What ran, the model used most first. */
  runs: {
    model: string
    provider: string
    threshold: number
    precision: string
    flips: boolean
    task: ModelTask
  }[]
  /** What was found, the most frequent of each model first. */
  counts: LabelCount[]
  warnings: { fault: Fault; images: number }[]
  /** Why items were left out, the most frequent reason first. */
  skipped: { fault: Fault; items: number }[]
  /** The first few items that failed. */
  failed: { path: string; fault: Fault }[]
}

const NAMED_FAILURES = 5

export function summarise(database: Database, jobId: number): ScoringSummary {
  const skipped = database
    .prepare<[number], { code: string; fault: string; n: number }>(
      `SELECT json_extract(fault, '$.code') AS code, fault, count(*) AS n FROM job_items
       WHERE job_id = ? AND state = 'skipped' AND fault IS NOT NULL
       GROUP BY CASE code WHEN 'DUPLICATE' THEN code ELSE fault END ORDER BY n DESC`,
    )
    .all(jobId)
  const failed = database
    .prepare<[number, number], { path: string; fault: string }>(
      `SELECT path, fault FROM job_items WHERE job_id = ? AND state = 'failed' AND fault IS NOT NULL
       ORDER BY ordinal LIMIT ?`,
    )
    .all(jobId, NAMED_FAILURES)
  return {
    runs: new RunStore(database).ofJob(jobId).map((run) => ({
      model: `${run.modelId}@${run.modelVersion}`,
      provider: run.provider,
      threshold: run.threshold,
      precision: run.precision,
      flips: run.flips,
      task: run.task,
    })),
    counts: labelCounts(database, jobId),
    warnings: warningsOf(database, jobId),
    skipped: skipped.map((row) => ({ fault: faultOfRow(row), items: row.n })),
    failed: failed.map((row) => ({ path: row.path, fault: faultOfRow(row) })),
  }
}

/** Why images were scored although the model asked for is not made for them, the most frequent reason first. */
export function warningsOf(database: Database, jobId: number): { fault: Fault; images: number }[] {
  return database
    .prepare<[number], { fault: string; n: number }>(
      `SELECT warning AS fault, count(*) AS n FROM job_items
       WHERE job_id = ? AND warning IS NOT NULL AND state <> 'skipped' GROUP BY warning ORDER BY n DESC`,
    )
    .all(jobId)
    .map((row) => ({ fault: faultOfRow(row), images: row.n }))
}

const faultOfRow = (row: { fault: string }) => fault.parse(JSON.parse(row.fault))
