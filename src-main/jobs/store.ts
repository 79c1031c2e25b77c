import type { Database } from '#main/database/open'
import { withoutWaitingForDisk } from '#main/database/open'
import { type Fault, fault, LeptonError } from '#shared/domain/fault'
import { type Job, type JobKind, type JobState, jobKind, jobState } from '#shared/domain/job'
import type { NewJob } from './types'

/** Counts a runner reports; absent fields stay as they are. */
export interface Counts {
  total?: number
  done?: number
  skipped?: number
  failed?: number
}

interface JobRow {
  id: number
  kind: string
  state: string
  title: string
  total: number | null
  done: number
  skipped: number
  failed: number
  fault: string | null
  created_at: string
  started_at: string | null
  finished_at: string | null
  models: string | null
  providers: string | null
  threshold: number | null
}

const SELECT = `
SELECT id, kind, state, title, total, done, skipped, failed, fault, created_at, started_at, finished_at,
  (SELECT group_concat(DISTINCT model_id || '@' || model_version) FROM runs WHERE job_id = jobs.id) AS models,
  (SELECT group_concat(DISTINCT provider) FROM runs WHERE job_id = jobs.id) AS providers,
  (SELECT threshold FROM runs WHERE job_id = jobs.id ORDER BY id LIMIT 1) AS threshold
FROM jobs`

const now = () => new Date().toISOString()

function jobOf(row: JobRow): Job {
  return {
    id: row.id,
    kind: jobKind.parse(row.kind),
    state: jobState.parse(row.state),
    title: row.title,
    total: row.total,
    done: row.done,
    skipped: row.skipped,
    failed: row.failed,
    rate: null,
    remainingSeconds: null,
    model: row.models,
    provider: row.providers,
    threshold: row.threshold,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    fault: row.fault === null ? null : fault.parse(JSON.parse(row.fault)),
  }
}

/** The jobs table: one method for each thing that can happen to a job. */
export class JobStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  insert(job: NewJob): number {
    const { lastInsertRowid } = this.#database
      .prepare(
        'INSERT INTO jobs (kind, state, title, request, fingerprint, runner_pid, heartbeat_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(
        job.kind,
        'waiting',
        job.title,
        JSON.stringify(job.request),
        job.fingerprint,
        process.pid,
        now(),
        now(),
      )
    return Number(lastInsertRowid)
  }

  /** @throws NOT_FOUND if there is no such job. */
  get(jobId: number): Job {
    const row = this.#database.prepare<[number], JobRow>(`${SELECT} WHERE id = ?`).get(jobId)
    if (!row)
      throw new LeptonError('NOT_FOUND', { expected: 'a job of this library', received: `job ${jobId}` })
    return jobOf(row)
  }

  /** Newest first. */
  list(kind: JobKind | undefined, offset: number, limit: number): { total: number; items: Job[] } {
    const total = this.#database
      .prepare<[string | null], { n: number }>(
        'SELECT count(*) AS n FROM jobs WHERE kind = coalesce(?, kind)',
      )
      .get(kind ?? null)
    const items = this.#database
      .prepare<[string | null, number, number], JobRow>(
        `${SELECT} WHERE kind = coalesce(?, kind) ORDER BY id DESC LIMIT ? OFFSET ?`,
      )
      .all(kind ?? null, limit, offset)
    return { total: total?.n ?? 0, items: items.map(jobOf) }
  }

  /** Every job that has not ended, oldest first. */
  open(): Job[] {
    return this.#database
      .prepare<[], JobRow>(`${SELECT} WHERE state NOT IN ('done', 'cancelled', 'failed') ORDER BY id`)
      .all()
      .map(jobOf)
  }

  request(jobId: number): unknown {
    const row = this.#database
      .prepare<[number], { request: string }>('SELECT request FROM jobs WHERE id = ?')
      .get(jobId)
    return row ? JSON.parse(row.request) : null
  }

  newest(fingerprint: string): Job | null {
    const row = this.#database
      .prepare<[string], JobRow>(`${SELECT} WHERE fingerprint = ? ORDER BY id DESC LIMIT 1`)
      .get(fingerprint)
    return row ? jobOf(row) : null
  }

  /**
   * Moves a job on if it is still in one of the states `from`; this process becomes its runner.
   * @returns whether it was.
   */
  move(jobId: number, from: readonly JobState[], to: JobState, why: Fault | null = null): boolean {
    const ended = to === 'done' || to === 'cancelled' || to === 'failed'
    const { changes } = this.#database
      .prepare(
        `UPDATE jobs SET state = ?, fault = ?, runner_pid = ?, heartbeat_at = ?,
           started_at = CASE WHEN ? THEN coalesce(started_at, ?) ELSE started_at END,
           finished_at = ?
         WHERE id = ? AND state IN (SELECT value FROM json_each(?))`,
      )
      .run(
        to,
        why ? JSON.stringify(why) : null,
        process.pid,
        now(),
        to === 'running' ? 1 : 0,
        now(),
        ended ? now() : null,
        jobId,
        JSON.stringify(from),
      )
    return changes > 0
  }

  /** Sets the counts that are given and says that the runner lives. */
  record(jobId: number, counts: Counts): void {
    withoutWaitingForDisk(this.#database, () =>
      this.#database
        .prepare(
          `UPDATE jobs SET total = coalesce(?, total), done = coalesce(?, done), skipped = coalesce(?, skipped),
             failed = coalesce(?, failed), heartbeat_at = ? WHERE id = ?`,
        )
        .run(
          counts.total ?? null,
          counts.done ?? null,
          counts.skipped ?? null,
          counts.failed ?? null,
          now(),
          jobId,
        ),
    )
  }

  /** Jobs whose process is gone: its id is free, is ours from an earlier life, or has been silent too long. */
  interruptOrphans(silentSeconds: number): void {
    const rows = this.#database
      .prepare<[], { id: number; runner_pid: number | null; heartbeat_at: string | null }>(
        "SELECT id, runner_pid, heartbeat_at FROM jobs WHERE state IN ('running', 'waiting')",
      )
      .all()
    for (const row of rows) {
      const silent = Date.now() - Date.parse(row.heartbeat_at ?? '') > silentSeconds * 1000
      if (row.runner_pid !== null && row.runner_pid !== process.pid && lives(row.runner_pid) && !silent)
        continue
      this.move(row.id, ['running', 'waiting'], 'interrupted')
    }
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
