import { type Database, withoutWaitingForDisk } from '#main/database/open'
import type { InputItem } from '#main/library/types'
import { type Fault, LeptonError } from '#shared/domain/fault'

/** Items written in one transaction. */
const CHUNK = 1000

export interface ItemCounts {
  total: number
  done: number
  skipped: number
  failed: number
}

/** A stretch of work: the images of one series that one run is to score. */
export interface Group {
  seriesId: number
  runId: number
  waiting: number
}

/** An image of a group in stack order. */
export interface GroupItem {
  itemId: number
  imageId: number
  frame: number
  /** Where its pixels are read from. */
  source: string
  waiting: boolean
}

interface NewItem {
  item: InputItem
  ordinal: number
}

interface KnownItem {
  id: number
  path: string
  frame: number | null
  state: string
  imageId: number | null
  seriesId: number | null
}

const VANISHED = 'coalesce(fault, \'\') LIKE \'{"code":"FILE_NOT_FOUND"%\''

/** The items of scoring jobs: one for each image, and one for each file that shows none. */
export class ItemStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
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

  /**
   * Brings the items of a job in step with its inputs: new ones are added, those whose file is gone and that
   * were not scored yet fail with FILE_NOT_FOUND, and a series whose stack is no longer the one that was begun
   * is scored again from its beginning.
   */
  async sync(jobId: number, inputs: Iterable<InputItem>, signal: AbortSignal): Promise<void> {
    const known = this.#known(jobId)
    const first = firstPaths(known.values())
    const fresh = known.size === 0
    const seen = new Set<string>()
    let ordinal = this.#nextOrdinal(jobId)
    let added: NewItem[] = []
    for (const listed of inputs) {
      const key = keyOf(listed.path, listed.image?.frame ?? null)
      if (seen.has(key)) continue
      seen.add(key)
      if (known.delete(key)) continue
      added.push({ item: onceEach(listed, first), ordinal: ordinal++ })
      if (!fresh || added.length < CHUNK) continue
      this.#write(() => this.#insert(jobId, added))
      added = []
      await new Promise(setImmediate)
      if (signal.aborted) return
    }
    this.#write(() => {
      this.#insert(jobId, added)
      if (!fresh) this.#reconcile(jobId, known, added)
    })
  }

  /** Forgets the items of a job whose listing was cut short. */
  clear(jobId: number): void {
    this.#database.prepare('DELETE FROM job_items WHERE job_id = ?').run(jobId)
  }

  /** Stretches of work that are left, in the order of the inputs. */
  groups(jobId: number): Group[] {
    return this.#database
      .prepare<[number], Group>(
        `SELECT series_id AS seriesId, run_id AS runId, count(*) AS waiting FROM job_items
         WHERE job_id = ? AND state = 'waiting' AND run_id IS NOT NULL AND series_id IS NOT NULL
         GROUP BY series_id, run_id ORDER BY min(ordinal)`,
      )
      .all(jobId)
  }

  /** The whole stack of a group, without files that are gone. The `+` keep SQLite to the index by series. */
  stack(jobId: number, { seriesId, runId }: Group): GroupItem[] {
    const rows = this.#database
      .prepare<
        [number, number, number],
        { id: number; image_id: number; frame: number; path: string; stored: string; state: string }
      >(
        `SELECT job_items.id, image_id, images.frame, job_items.path, instances.path AS stored, job_items.state
         FROM job_items JOIN images ON images.id = image_id JOIN instances ON instances.id = images.instance_id
         WHERE +job_id = ? AND job_items.series_id = ? AND +run_id = ? AND NOT (${VANISHED})
         ORDER BY images.ordinal`,
      )
      .all(jobId, seriesId, runId)
    return rows.map((row) => ({
      itemId: row.id,
      imageId: row.image_id,
      frame: row.frame,
      // a member of an archive was unpacked; everything else is read from where it was named
      source: row.path.includes('!/') ? row.stored : row.path,
      waiting: row.state === 'waiting',
    }))
  }

  #known(jobId: number): Map<string, KnownItem> {
    const rows = this.#database
      .prepare<[number], KnownItem>(
        `SELECT id, path, frame, state, image_id AS imageId, series_id AS seriesId FROM job_items WHERE job_id = ?`,
      )
      .all(jobId)
    return new Map(rows.map((row) => [keyOf(row.path, row.frame), row]))
  }

  #nextOrdinal(jobId: number): number {
    const row = this.#database
      .prepare<[number], { next: number }>(
        'SELECT coalesce(max(ordinal) + 1, 0) AS next FROM job_items WHERE job_id = ?',
      )
      .get(jobId)
    return row?.next ?? 0
  }

  #insert(jobId: number, added: readonly NewItem[]): void {
    const insert = this.#database.prepare(
      `INSERT INTO job_items (job_id, ordinal, path, root, frame, image_id, series_id, state, fault)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    for (const { item, ordinal } of added) {
      const { image } = item
      insert.run(
        jobId,
        ordinal,
        item.path,
        item.root,
        image?.frame ?? null,
        image?.imageId ?? null,
        item.outcome === 'image' ? (image?.seriesId ?? null) : null,
        stateOf(item),
        item.fault ? JSON.stringify(item.fault) : null,
      )
    }
  }

  /** `gone`: items whose file was not listed again; `added`: items that were not there before. */
  #reconcile(jobId: number, gone: ReadonlyMap<string, KnownItem>, added: readonly NewItem[]): void {
    const changed = new Set(
      added.flatMap(({ item }) => (item.outcome === 'image' && item.image ? [item.image.seriesId] : [])),
    )
    const left = this.#database.prepare<[number, number], { n: number }>(
      "SELECT count(*) AS n FROM job_items WHERE job_id = ? AND series_id = ? AND state = 'waiting'",
    )
    for (const item of gone.values()) {
      const complete = item.seriesId === null || left.get(jobId, item.seriesId)?.n === 0
      if (item.state === 'skipped' || item.state === 'failed' || (item.state === 'done' && complete)) continue
      if (item.seriesId !== null) changed.add(item.seriesId)
      this.#fail(item.id, VANISHED_FAULT)
    }
    for (const seriesId of changed) this.#again(jobId, seriesId)
  }

  /** Takes back what was scored of a series, but for files that are gone. */
  #again(jobId: number, seriesId: number): void {
    const runs = '(SELECT id FROM runs WHERE job_id = ?)'
    this.#database
      .prepare(
        `DELETE FROM predictions WHERE run_id IN ${runs} AND image_id IN (SELECT id FROM images WHERE series_id = ?)`,
      )
      .run(jobId, seriesId)
    this.#database
      .prepare(`DELETE FROM lesions WHERE run_id IN ${runs} AND series_id = ?`)
      .run(jobId, seriesId)
    this.#database
      .prepare(
        `UPDATE job_items SET state = 'waiting', fault = NULL
         WHERE job_id = ? AND series_id = ? AND run_id IS NOT NULL AND NOT (${VANISHED})`,
      )
      .run(jobId, seriesId)
  }

  #fail(itemId: number, fault: Fault): void {
    this.#database
      .prepare("UPDATE job_items SET state = 'failed', fault = ? WHERE id = ?")
      .run(JSON.stringify(fault), itemId)
  }

  #write(work: () => void): void {
    withoutWaitingForDisk(this.#database, () => this.#database.transaction(work).immediate())
  }
}

const VANISHED_FAULT = new LeptonError('FILE_NOT_FOUND', {
  expected: 'the file that was there when the job began',
  received: 'no such file now',
}).toFault()

/** The path under which each image of a job is scored. */
function firstPaths(known: Iterable<KnownItem>): Map<number, string> {
  const first = new Map<number, string>()
  for (const item of known)
    if (item.imageId !== null && item.state !== 'skipped') first.set(item.imageId, item.path)
  return first
}

/**
 * A copy counts as the image it shows unless that image is among the inputs already: what the library knew
 * before says nothing about this job.
 */
function onceEach(item: InputItem, first: Map<number, string>): InputItem {
  if (!item.image) return item
  const before = first.get(item.image.imageId)
  if (before !== undefined) {
    return {
      ...item,
      outcome: 'duplicate',
      fault: new LeptonError('DUPLICATE', { received: before }).toFault(),
    }
  }
  first.set(item.image.imageId, item.path)
  return { ...item, outcome: 'image', fault: null }
}

const keyOf = (path: string, frame: number | null) => `${frame ?? ''}\0${path}`

function stateOf(item: InputItem): string {
  switch (item.outcome) {
    case 'image':
      return 'waiting'
    case 'duplicate':
    case 'left-out':
      return 'skipped'
    case 'unreadable':
      return 'failed'
  }
}
