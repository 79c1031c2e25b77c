import type { Database } from '#main/database/open'
import { type Fault, fault as faultRecord, LeptonError } from '#shared/domain/fault'

type ItemState = 'waiting' | 'done' | 'skipped' | 'failed'

export interface Outcome {
  path: string
  state: Exclude<ItemState, 'waiting'>
  fault: Fault | null
}

/** The items of a transfer: one line for each object, by its path, with what became of it. */
export class TransferItems {
  readonly #jobId: number
  readonly #insert
  readonly #settle
  readonly #waiting
  readonly #counts
  readonly #failures
  readonly #next
  readonly #forget
  readonly #known: Set<string>
  readonly #transaction

  constructor(database: Database, jobId: number) {
    this.#jobId = jobId
    this.#next = database
      .prepare<[number], number>('SELECT coalesce(max(ordinal), -1) + 1 FROM job_items WHERE job_id = ?')
      .pluck()
    this.#insert = database.prepare('INSERT INTO job_items (job_id, ordinal, path) VALUES (?, ?, ?)')
    this.#settle = database.prepare(
      'UPDATE job_items SET state = ?, fault = ?, attempts = attempts + 1 WHERE job_id = ? AND path = ?',
    )
    this.#waiting = database
      .prepare<[number], string>(
        "SELECT path FROM job_items WHERE job_id = ? AND state IN ('waiting', 'failed') ORDER BY ordinal",
      )
      .pluck()
    this.#failures = database.prepare<[number], { path: string; fault: string }>(
      "SELECT path, fault FROM job_items WHERE job_id = ? AND state = 'failed' AND fault IS NOT NULL ORDER BY ordinal",
    )
    this.#counts = database.prepare<[number], { state: ItemState; n: number }>(
      'SELECT state, count(*) AS n FROM job_items WHERE job_id = ? GROUP BY state',
    )
    this.#transaction = database.transaction((work: () => void) => work())
    this.#known = new Set(
      database.prepare<[number], string>('SELECT path FROM job_items WHERE job_id = ?').pluck().all(jobId),
    )
    this.#forget = database.prepare('DELETE FROM job_items WHERE job_id = ? AND path = ?')
  }

  /** Adds what is not listed yet. */
  add(paths: readonly string[]): void {
    this.#transaction.immediate(() => {
      let ordinal = this.#next.get(this.#jobId) ?? 0
      for (const path of paths) {
        if (this.#known.has(path)) continue
        this.#known.add(path)
        this.#insert.run(this.#jobId, ordinal++, path)
      }
    })
  }

  forget(path: string): void {
    if (this.#known.delete(path)) this.#forget.run(this.#jobId, path)
  }

  /** Waiting and failed ones, in order: what an earlier run did not bring to a good end is tried again. */
  open(): string[] {
    return this.#waiting.all(this.#jobId)
  }

  settle(outcomes: readonly Outcome[]): void {
    this.#transaction.immediate(() => {
      for (const { path, state, fault } of outcomes) {
        this.#settle.run(state, fault ? JSON.stringify(fault) : null, this.#jobId, path)
      }
    })
  }

  failures(): { path: string; fault: Fault }[] {
    return this.#failures
      .all(this.#jobId)
      .map(({ path, fault }) => ({ path, fault: faultRecord.parse(JSON.parse(fault)) }))
  }

  counts(): { total: number; done: number; skipped: number; failed: number } {
    const by = new Map(this.#counts.all(this.#jobId).map(({ state, n }) => [state, n]))
    const of = (state: ItemState) => by.get(state) ?? 0
    const [done, skipped, failed] = [of('done'), of('skipped'), of('failed')]
    return { total: of('waiting') + done + skipped + failed, done, skipped, failed }
  }
}

/** What concerns the archive or this computer as a whole: going on with the next object would only repeat it. */
export const endsTransfer = (error: unknown) => !(error instanceof LeptonError) || ends.has(error.code)

const ends: ReadonlySet<string> = new Set([
  'SOURCE_UNREACHABLE',
  'SOURCE_TIMEOUT',
  'SOURCE_UNTRUSTED',
  'SOURCE_REFUSED',
  'INPUT_INVALID',
  'NOT_FOUND',
  'DISK_FULL',
  'CANCELLED',
])
