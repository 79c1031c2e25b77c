import type { Database } from '#main/database/open'
import { type Fault, fault } from '#shared/domain/fault'
import { RunStore } from './run-store'

/** A job in brief. */
export interface ScoringSummary {
  /** What ran, the model used most first. */
  runs: { model: string; provider: string; threshold: number }[]
  lesions: number
  /** Why items were left out, the most frequent reason first. */
  skipped: { fault: Fault; items: number }[]
  /** The first few items that failed. */
  failed: { path: string; fault: Fault }[]
}

const NAMED_FAILURES = 5

export function summarise(database: Database, jobId: number): ScoringSummary {
  const lesions = database
    .prepare<[number], { n: number }>(
      'SELECT count(*) AS n FROM lesions WHERE run_id IN (SELECT id FROM runs WHERE job_id = ?)',
    )
    .get(jobId)
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
    })),
    lesions: lesions?.n ?? 0,
    skipped: skipped.map((row) => ({ fault: faultOfRow(row), items: row.n })),
    failed: failed.map((row) => ({ path: row.path, fault: faultOfRow(row) })),
  }
}

const faultOfRow = (row: { fault: string }) => fault.parse(JSON.parse(row.fault))
