import type { Database } from '#main/database/open'
import { type Fault, faultOf } from '#shared/domain/fault'

export interface LoggedItem {
  path: string
  imageId?: number
  seriesId?: number
}

/** What became of the items of an exchange job, for its list of failures. */
export class ItemLog {
  readonly #database: Database
  readonly #jobId: number
  #next: number

  /** Goes on after what an interrupted job has written down. */
  constructor(database: Database, jobId: number) {
    this.#database = database
    this.#jobId = jobId
    this.#next =
      database
        .prepare<[number], number>('SELECT coalesce(max(ordinal) + 1, 0) FROM job_items WHERE job_id = ?')
        .pluck()
        .get(jobId) ?? 0
  }

  forget(): void {
    this.#database.prepare('DELETE FROM job_items WHERE job_id = ?').run(this.#jobId)
    this.#next = 0
  }

  /** Paths of the items that ended well. */
  done(): Set<string> {
    const rows = this.#database
      .prepare<[number], string>("SELECT path FROM job_items WHERE job_id = ? AND state = 'done'")
      .pluck()
      .all(this.#jobId)
    return new Set(rows)
  }

  add(state: 'done' | 'skipped' | 'failed', item: LoggedItem, error: unknown = null): Fault | null {
    const fault = error === null ? null : faultOf(error)
    if (fault?.code === 'INTERNAL') console.error(error)
    this.#database
      .prepare(
        `INSERT INTO job_items (job_id, ordinal, path, image_id, series_id, state, fault)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        this.#jobId,
        this.#next++,
        item.path,
        item.imageId ?? null,
        item.seriesId ?? null,
        state,
        fault && JSON.stringify(fault),
      )
    return fault
  }
}
