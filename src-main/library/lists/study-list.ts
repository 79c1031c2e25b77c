import type { Database } from '#main/database/open'
import type { StudyCard, StudyFilter } from '#shared/contract/library'
import { searchQuery } from '../search-text'
import type { Page, StudySort } from '../types'
import { type StudyRow, studyCardOf, studyColumns } from './study-card'

const orders: Record<StudySort, string> = {
  newest: 's.id DESC',
  oldest: 's.id',
  subject: 's.subject_label COLLATE NOCASE, s.id',
  score: 's.top_score DESC, s.id DESC',
}

/** Studies that a filter shows, page by page, with their number. */
export function listStudies(
  database: Database,
  { filter, sort, offset, limit }: { filter: StudyFilter; sort: StudySort } & Page,
): { total: number; items: StudyCard[] } {
  const { where, values } = conditions(filter)
  const total = database
    .prepare<string[], number>(`SELECT count(*) FROM studies s ${where}`)
    .pluck()
    .get(...values)
  const items = database
    .prepare<(string | number)[], StudyRow>(
      `SELECT ${studyColumns} FROM studies s ${where} ORDER BY ${orders[sort]} LIMIT ? OFFSET ?`,
    )
    .all(...values, limit, offset)
  return { total: total ?? 0, items: items.map(studyCardOf) }
}

/** Ids of all studies that a filter shows, newest first. */
export function listStudyIds(database: Database, filter: StudyFilter): number[] {
  const { where, values } = conditions(filter)
  return database
    .prepare<string[], number>(`SELECT s.id FROM studies s ${where} ORDER BY s.id DESC`)
    .pluck()
    .all(...values)
}

function conditions({ modality, findings, search }: StudyFilter): { where: string; values: string[] } {
  const parts: string[] = []
  const values: string[] = []
  if (modality !== undefined) {
    parts.push('s.id IN (SELECT study_id FROM study_modalities WHERE modality = ?)')
    values.push(modality)
  }
  if (findings !== undefined) {
    parts.push('s.outcome = ?')
    values.push(findings)
  }
  const query = search ? searchQuery(search) : null
  if (query !== null) {
    parts.push('s.id IN (SELECT rowid FROM study_search WHERE study_search MATCH ?)')
    values.push(query)
  }
  return { where: parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : '', values }
}
