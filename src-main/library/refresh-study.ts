import type { Database } from '#main/database/open'
import { indexText } from './search-text'

/**
 * Brings the figures and the search text of a study up to date with its series; a study without series is
 * deleted, and so is a subject without studies. Runs within the caller's transaction.
 */
export function refreshStudy(database: Database, studyId: number): void {
  const series = seriesOf(database, studyId)
  if (series.length === 0) {
    forgetStudy(database, studyId)
    return
  }
  const modalities = database
    .prepare<[number], string>('SELECT modality FROM study_modalities WHERE study_id = ? ORDER BY modality')
    .pluck()
    .all(studyId)
  const largest = series.reduce((best, one) => (one.image_count > best.image_count ? one : best))
  const top = topFinding(database, studyId)
  const sum = (of: (one: SeriesRow) => number) => series.reduce((total, one) => total + of(one), 0)
  database
    .prepare(
      `UPDATE studies SET modalities = ?, series_count = ?, image_count = ?, cover_image_id = ?, scored = ?,
         lesion_count = ?, top_label = ?, top_score = ? WHERE id = ?`,
    )
    .run(
      JSON.stringify(modalities),
      series.length,
      sum((one) => one.image_count),
      largest.cover_image_id,
      Math.min(
        1,
        sum((one) => one.scored),
      ),
      sum((one) => one.lesion_count),
      top?.label ?? null,
      top?.score ?? null,
      studyId,
    )
  writeSearchText(database, studyId, series, modalities)
}

interface SeriesRow {
  description: string
  body_part: string | null
  image_count: number
  cover_image_id: number | null
  scored: number
  lesion_count: number
}

const seriesOf = (database: Database, studyId: number) =>
  database
    .prepare<[number], SeriesRow>(
      'SELECT description, body_part, image_count, cover_image_id, scored, lesion_count FROM series WHERE study_id = ? ORDER BY number, id',
    )
    .all(studyId)

/** Deletes a study with all that hangs on it, and its subject if that was its last. */
export function forgetStudy(database: Database, studyId: number): void {
  database.prepare('DELETE FROM study_search WHERE rowid = ?').run(studyId)
  const subject = database
    .prepare<[number], { subject_id: number }>('DELETE FROM studies WHERE id = ? RETURNING subject_id')
    .get(studyId)
  if (!subject) return
  database
    .prepare(
      'DELETE FROM subjects WHERE id = ? AND NOT EXISTS (SELECT 1 FROM studies WHERE subject_id = subjects.id)',
    )
    .run(subject.subject_id)
}

/** The finding with the highest score among the newest predictions of the images of a study. */
const topFinding = (database: Database, studyId: number) =>
  database
    .prepare<[number], { label: string; score: number }>(
      `SELECT f.label, f.score FROM series s JOIN images i ON i.series_id = s.id
       JOIN findings f ON f.image_id = i.id
       WHERE s.study_id = ? AND s.scored = 1
         AND f.prediction_id = (SELECT max(p.id) FROM predictions p WHERE p.image_id = i.id)
       ORDER BY f.score DESC, f.id LIMIT 1`,
    )
    .get(studyId)

interface StudyTexts {
  label: string
  name: string | null
  description: string
  accession: string | null
  date: string | null
}

function writeSearchText(
  database: Database,
  studyId: number,
  series: readonly SeriesRow[],
  modalities: readonly string[],
): void {
  const study = database
    .prepare<[number], StudyTexts>(
      `SELECT p.label, p.name, s.description, s.accession, s.date
       FROM studies s JOIN subjects p ON p.id = s.subject_id WHERE s.id = ?`,
    )
    .get(studyId)
  if (!study) return
  const labels = database
    .prepare<[number], string>(
      `SELECT DISTINCT f.label FROM series s JOIN images i ON i.series_id = s.id
       JOIN findings f ON f.image_id = i.id WHERE s.study_id = ? AND s.scored = 1`,
    )
    .pluck()
    .all(studyId)
  const seriesTexts = new Set(series.flatMap((one) => [one.description, one.body_part]))
  const { label, name, description, accession, date } = study
  const text = indexText([
    label,
    name,
    description,
    accession,
    date,
    ...modalities,
    ...seriesTexts,
    ...labels,
  ])
  database.prepare('INSERT OR REPLACE INTO study_search (rowid, text) VALUES (?, ?)').run(studyId, text)
}
