import { z } from 'zod'
import type { Database } from '#main/database/open'
import type { SeriesCard, StudyCard } from '#shared/contract/library'
import { LeptonError } from '#shared/domain/fault'

export interface StudyRow {
  id: number
  subject_label: string
  kind: 'examination' | 'audit'
  description: string
  date: string | null
  modalities: string
  series_count: number
  image_count: number
  cover_image_id: number | null
  scored: number
  lesion_count: number
  top_label: string | null
  top_score: number | null
  phantom: number
}

export const studyColumns = [
  ...['id', 'subject_label', 'kind', 'description', 'date', 'modalities', 'series_count', 'image_count'],
  ...['cover_image_id', 'scored', 'lesion_count', 'top_label', 'top_score', 'phantom'],
]
  .map((name) => `s.${name}`)
  .join(', ')

const modalities = z.array(z.string())

export const studyCardOf = (row: StudyRow): StudyCard => ({
  id: row.id,
  subject: row.subject_label,
  kind: row.kind,
  description: row.description,
  date: row.date,
  modalities: modalities.parse(JSON.parse(row.modalities)),
  seriesCount: row.series_count,
  imageCount: row.image_count,
  coverImageId: row.cover_image_id,
  scored: row.scored === 1,
  lesionCount: row.lesion_count,
  topLabel: row.top_label,
  topScore: row.top_score,
  phantom: row.phantom === 1,
})

interface SeriesRow {
  id: number
  study_id: number
  number: number | null
  description: string
  modality: string | null
  body_part: string | null
  image_count: number
  cover_image_id: number | null
  stack_order: 'position' | 'instance' | 'name'
  scored: number
  lesion_count: number
}

const seriesCardOf = (row: SeriesRow): SeriesCard => ({
  id: row.id,
  studyId: row.study_id,
  number: row.number,
  description: row.description,
  modality: row.modality,
  bodyPart: row.body_part,
  imageCount: row.image_count,
  coverImageId: row.cover_image_id,
  order: row.stack_order,
  scored: row.scored === 1,
  lesionCount: row.lesion_count,
})

/** @throws NOT_FOUND */
export function studyDetailOf(
  database: Database,
  studyId: number,
): { study: StudyCard; series: SeriesCard[] } {
  const study = database
    .prepare<[number], StudyRow>(`SELECT ${studyColumns} FROM studies s WHERE id = ?`)
    .get(studyId)
  if (!study) {
    throw new LeptonError('NOT_FOUND', {
      expected: 'a study of this library',
      received: `study ${studyId}`,
      remedy: 'It may have been removed: open it from the library, or import its files again.',
    })
  }
  const series = database
    .prepare<[number], SeriesRow>(
      `SELECT id, study_id, number, description, modality, body_part, image_count, cover_image_id, stack_order,
         scored, lesion_count FROM series WHERE study_id = ? ORDER BY number, id`,
    )
    .all(studyId)
  return { study: studyCardOf(study), series: series.map(seriesCardOf) }
}

/** Other studies of the subject of a study, the newest first. */
export function otherStudiesOf(database: Database, studyId: number): StudyCard[] {
  return database
    .prepare<[number, number], StudyRow>(
      `SELECT ${studyColumns} FROM studies s
       WHERE subject_id = (SELECT subject_id FROM studies WHERE id = ?) AND id <> ? AND image_count > 0
       ORDER BY date DESC NULLS LAST, id DESC`,
    )
    .all(studyId, studyId)
    .map(studyCardOf)
}
