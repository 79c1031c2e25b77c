import type { Database } from '#main/database/open'
import type { StudyCard, StudyFilter } from '#shared/contract/library'
import { searchQuery } from '../search-text'
import type { Page, StudySort } from '../types'
import { type StudyRow, studyCardOf, studyColumns } from './study-card'

const orders: Record<StudySort, string> = {
  newest: 'id DESC',
  oldest: 'id',
  subject: 'subject_label COLLATE NOCASE, id',
  score: 'top_score DESC, id DESC',
}
const remembered = 32

/**
 * Lists of studies. The ids that a filter or an order gives are found once and kept until the library changes, so
 * that turning pages costs the rows of a page and nothing else.
 */
export class StudyList {
  readonly #database: Database
  readonly #revision: () => number
  readonly #kept = new Map<string, number[]>()
  readonly #row
  readonly #count
  #keptAt = 0

  /** @param revision changes whenever rows of studies may have changed. */
  constructor(database: Database, revision: () => number) {
    this.#database = database
    this.#revision = revision
    this.#row = database.prepare<[number], StudyRow>(`SELECT ${studyColumns} FROM studies s WHERE id = ?`)
    this.#count = database.prepare<[], number>('SELECT count(*) FROM studies').pluck()
  }

  /** Studies that a filter shows, page by page, with their number. */
  page(query: { filter: StudyFilter; sort: StudySort } & Page): { total: number; items: StudyCard[] } {
    const { filter, sort, offset, limit } = query
    if (Object.values(filter).every((condition) => !condition)) return this.#pageOfAll(query)
    const ids = this.ids(filter, sort)
    const rows = ids.slice(offset, offset + limit).map((id) => this.#row.get(id))
    return { total: ids.length, items: rows.filter((row) => row !== undefined).map(studyCardOf) }
  }

  #pageOfAll({ sort, offset, limit }: { sort: StudySort } & Page): { total: number; items: StudyCard[] } {
    const rows = this.#database
      .prepare<[number, number], StudyRow>(
        `SELECT ${studyColumns} FROM studies s ORDER BY ${orders[sort]} LIMIT ? OFFSET ?`,
      )
      .all(limit, offset)
    return { total: this.#count.get() ?? 0, items: rows.map(studyCardOf) }
  }

  /** Ids of all studies that a filter shows, in order. */
  ids(filter: StudyFilter, sort: StudySort): readonly number[] {
    return this.#keep(JSON.stringify([sort, filter.modality, filter.findings, filter.search]), () => {
      const narrowed = this.#narrowed(filter)
      if (!narrowed) return this.#select(`SELECT id FROM studies ORDER BY ${orders[sort]}`)
      if (sort === 'oldest') return narrowed
      if (sort === 'newest') return narrowed.toReversed()
      if (narrowed.length === 0) return narrowed
      const wanted = new Uint8Array((narrowed.at(-1) ?? 0) + 1)
      for (const id of narrowed) wanted[id] = 1
      return this.ids({}, sort).filter((id) => wanted[id] === 1)
    })
  }

  /** Ids that pass every condition, ascending; null where there is none. */
  #narrowed({ modality, findings, search }: StudyFilter): number[] | null {
    const query = search ? searchQuery(search) : null
    const lists: number[][] = []
    if (query !== null) {
      const sql = 'SELECT rowid FROM study_search WHERE study_search MATCH ? ORDER BY rowid'
      lists.push(this.#select(sql, query))
    }
    if (modality !== undefined) {
      lists.push(
        this.#select('SELECT study_id FROM study_modalities WHERE modality = ? ORDER BY study_id', modality),
      )
    }
    if (findings !== undefined) {
      lists.push(this.#select('SELECT id FROM studies WHERE outcome = ? ORDER BY id', findings))
    }
    return lists.length > 0 ? lists.reduce(intersection) : null
  }

  #select(sql: string, ...values: string[]): number[] {
    return this.#keep(JSON.stringify([sql, ...values]), () =>
      this.#database
        .prepare<string[], number>(sql)
        .pluck()
        .all(...values),
    )
  }

  #keep(key: string, find: () => number[]): number[] {
    const revision = this.#revision()
    if (revision !== this.#keptAt) this.#kept.clear()
    this.#keptAt = revision
    const kept = this.#kept.get(key)
    if (kept) return kept
    const found = find()
    if (this.#kept.size >= remembered) this.#kept.clear()
    this.#kept.set(key, found)
    return found
  }
}

/** Numbers that are in both ascending lists. */
function intersection(left: readonly number[], right: readonly number[]): number[] {
  const both: number[] = []
  let at = 0
  for (const id of left) {
    while (at < right.length && (right[at] ?? 0) < id) at += 1
    if (right[at] === id) both.push(id)
  }
  return both
}
