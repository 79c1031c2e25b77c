import type { Database } from '#main/database/open'
import type { HistoryEntry } from '#shared/contract/annotations'
import type { Annotation } from '#shared/domain/annotation/annotation'
import { actionKind } from '#shared/domain/annotation/annotation'
import { LeptonError } from '#shared/domain/fault'
import { storedChanges } from './journal'
import { annotationOf } from './store'
import type { ListQuery } from './types'

const listed = `FROM annotations WHERE study_id = :studyId AND (:seriesId IS NULL OR series_id = :seriesId
  OR series_id IS NULL) AND (:reader IS NULL OR reader = :reader)`

/** A page of a study's annotations in the order in which they were made. */
export function listAnnotations(
  database: Database,
  { offset, limit, studyId, seriesId = undefined, reader = undefined }: ListQuery,
): { total: number; items: Annotation[] } {
  const where = { studyId, seriesId: seriesId ?? null, reader: reader ?? null }
  const total = database.prepare<[object], number>(`SELECT count(*) ${listed}`).pluck().get(where) ?? 0
  const items = database
    .prepare<[object], string>(`SELECT body ${listed} ORDER BY created_at, rowid LIMIT :limit OFFSET :offset`)
    .pluck()
    .all({ ...where, offset, limit })
    .map(annotationOf)
  return { total, items }
}

/** Everything said of some images of a study, and of the study itself. */
export function annotationsOfImages(
  database: Database,
  studyId: number,
  imageIds: readonly number[],
): Annotation[] {
  return database
    .prepare<[string, number], string>(
      `SELECT body FROM (
         SELECT body, created_at, rowid AS row FROM annotations WHERE image_id IN (SELECT value FROM json_each(?))
         UNION ALL SELECT body, created_at, rowid AS row FROM annotations WHERE study_id = ? AND image_id IS NULL)
       ORDER BY created_at, row`,
    )
    .pluck()
    .all(JSON.stringify(imageIds), studyId)
    .map(annotationOf)
}

/** Number of annotations of each image of a series that has any. */
export function countsOf(database: Database, seriesId: number): { imageId: number; annotations: number }[] {
  return database
    .prepare<[number], { imageId: number; annotations: number }>(
      `SELECT image_id AS imageId, count(*) AS annotations FROM annotations
       WHERE series_id = ? AND image_id IS NOT NULL AND state <> 'rejected' GROUP BY image_id`,
    )
    .all(seriesId)
}

interface VersionRow {
  revision: number
  how: HistoryEntry['how']
  reader: string
  kind: string
  changed_at: string
  changes: string
}

/** How an annotation came to be as it is, oldest first. @throws NOT_FOUND */
export function historyOf(database: Database, annotationId: string): HistoryEntry[] {
  const rows = database
    .prepare<[string], VersionRow>(
      `SELECT v.revision, v.how, a.reader, a.kind, v.changed_at, a.changes FROM annotation_versions v
       JOIN annotation_actions a ON a.sequence = v.action WHERE annotation_id = ? ORDER BY revision`,
    )
    .all(annotationId)
  if (rows.length === 0) throw new LeptonError('NOT_FOUND', { received: `annotation ${annotationId}` })
  return rows.map(({ changed_at, changes, kind, ...row }) => {
    const change = storedChanges
      .parse(JSON.parse(changes))
      .find(({ before, after }) => (before ?? after)?.id === annotationId)
    const annotation = (row.how === 'undone' ? change?.before : change?.after) ?? null
    return { ...row, kind: actionKind.parse(kind), changedAt: changed_at, annotation }
  })
}
