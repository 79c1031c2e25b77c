import { type Database, withoutWaitingForDisk } from '#main/database/open'
import { type FileKeys, type FileReport, fileKeys, fileReport } from '#shared/domain/deidentification'
import { type Fault, fault } from '#shared/domain/fault'
import { jobItemState } from '#shared/domain/job'
import type { ExportedFile } from './types'

const CHUNK = 1000

export interface NewItem {
  path: string
  imageId: number | null
  seriesId: number | null
  fault: Fault | null
}

export interface WaitingItem {
  id: number
  path: string
  imageId: number | null
}

export interface ItemCounts {
  total: number
  done: number
  skipped: number
  failed: number
}

/** The items of export jobs, one for each file, and what became of them. */
export class ExportItems {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  clear(jobId: number): void {
    this.#database.prepare('DELETE FROM job_items WHERE job_id = ?').run(jobId)
  }

  add(jobId: number, first: number, items: readonly NewItem[]): void {
    const insert = this.#database.prepare(
      'INSERT INTO job_items (job_id, ordinal, path, image_id, series_id, state, fault) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    this.#database
      .transaction(() => {
        for (const [index, item] of items.entries()) {
          const why = item.fault === null ? null : JSON.stringify(item.fault)
          const state = item.fault === null ? 'waiting' : 'failed'
          insert.run(jobId, first + index, item.path, item.imageId, item.seriesId, state, why)
        }
      })
      .immediate()
  }

  counts(jobId: number): ItemCounts {
    const rows = this.#database
      .prepare<[number], { state: string; n: number }>(
        'SELECT state, count(*) AS n FROM job_items WHERE job_id = ? GROUP BY state',
      )
      .all(jobId)
    const of = (state: string) => rows.find((row) => row.state === state)?.n ?? 0
    const total = rows.reduce((sum, row) => sum + row.n, 0)
    return { total, done: of('done'), skipped: of('skipped'), failed: of('failed') }
  }

  /** What is left to do, after the item `after`. */
  waiting(jobId: number, after: number): WaitingItem[] {
    return this.#database
      .prepare<[number, number, number], WaitingItem>(
        `SELECT id, path, image_id AS imageId FROM job_items
         WHERE job_id = ? AND state = 'waiting' AND id > ? ORDER BY id LIMIT ?`,
      )
      .all(jobId, after, CHUNK)
  }

  written(itemId: number, name: string, report: FileReport | null, keys: FileKeys | null): void {
    this.#write(() => {
      this.#database
        .prepare('INSERT OR REPLACE INTO exported_files (item_id, name, report, keys) VALUES (?, ?, ?, ?)')
        .run(itemId, name, report && JSON.stringify(report), keys && JSON.stringify(keys))
      this.#database.prepare("UPDATE job_items SET state = 'done', fault = NULL WHERE id = ?").run(itemId)
    })
  }

  missed(itemId: number, state: 'skipped' | 'failed', why: Fault): void {
    this.#write(() =>
      this.#database
        .prepare('UPDATE job_items SET state = ?, fault = ? WHERE id = ?')
        .run(state, JSON.stringify(why), itemId),
    )
  }

  /** A file that is written again costs only time. */
  #write(work: () => void): void {
    withoutWaitingForDisk(this.#database, () => this.#database.transaction(work).immediate())
  }

  /** Whether another file of the job has this name already. */
  isTaken(jobId: number, name: string): boolean {
    return (
      this.#database
        .prepare<[number, string], number>(
          `SELECT 1 FROM exported_files JOIN job_items ON job_items.id = item_id
           WHERE job_id = ? AND name = ? COLLATE NOCASE LIMIT 1`,
        )
        .pluck()
        .get(jobId, name) !== undefined
    )
  }

  *files(jobId: number): Generator<ExportedFile> {
    const rows = this.#database.prepare<
      [number],
      { path: string; state: string; fault: string | null; name: string | null; report: string | null }
    >(
      `SELECT path, state, fault, name, report FROM job_items LEFT JOIN exported_files ON item_id = job_items.id
       WHERE job_id = ? ORDER BY ordinal`,
    )
    for (const row of rows.all(jobId)) {
      yield {
        path: row.path,
        output: row.name,
        report: row.report === null ? null : fileReport.parse(JSON.parse(row.report)),
        state: jobItemState.parse(row.state),
        fault: row.fault === null ? null : fault.parse(JSON.parse(row.fault)),
      }
    }
  }

  *keys(jobId: number): Generator<FileKeys[number]> {
    const rows = this.#database
      .prepare<[number], string>(
        `SELECT keys FROM exported_files JOIN job_items ON job_items.id = item_id
         WHERE job_id = ? AND keys IS NOT NULL ORDER BY ordinal`,
      )
      .pluck()
    for (const keys of rows.all(jobId)) yield* fileKeys.parse(JSON.parse(keys))
  }
}
