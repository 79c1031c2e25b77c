import type { Database } from '#main/database/open'
import type { Fault } from '#shared/domain/fault'
import type { FileOutcome } from './known-files'

export type ProblemKind = Exclude<FileOutcome, 'image' | 'archive'> | 'other-version' | 'disguised'

const states = {
  unreadable: 'failed',
  duplicate: 'skipped',
  'left-out': 'skipped',
  'other-version': 'done',
  disguised: 'done',
} as const

/** Writes the lines of an import job that tell what was not taken in as one might expect, and why. */
export class Problems {
  readonly #next
  readonly #insert

  constructor(database: Database) {
    this.#next = database
      .prepare<[number], number>('SELECT coalesce(max(ordinal), -1) + 1 FROM job_items WHERE job_id = ?')
      .pluck()
    this.#insert = database.prepare<[number, number, string, string, string, string]>(
      'INSERT INTO job_items (job_id, ordinal, path, state, attempts, kind, fault) VALUES (?, ?, ?, ?, 1, ?, ?)',
    )
  }

  /** Id of the new line. */
  add(jobId: number, path: string, kind: ProblemKind, fault: Fault): number {
    const ordinal = this.#next.get(jobId) ?? 0
    return Number(
      this.#insert.run(jobId, ordinal, path, states[kind], kind, JSON.stringify(fault)).lastInsertRowid,
    )
  }
}
