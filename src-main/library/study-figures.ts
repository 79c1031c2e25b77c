import type { Database } from '#main/database/open'
import { indexText } from './search-text'

interface SeriesRow {
  description: string
  body_part: string | null
  image_count: number
  cover_image_id: number | null
  scored: number
  lesion_count: number
}

interface StudyTexts {
  label: string
  name: string | null
  description: string
  accession: string | null
  date: string | null
}

/** Keeps the figures and search texts of studies in step with their series, within the caller's transactions. */
export class StudyFigures {
  readonly #series
  readonly #modalities
  readonly #topFinding
  readonly #labels
  readonly #texts
  readonly #update
  readonly #index
  readonly #unindex
  readonly #delete
  readonly #deleteSubject

  constructor(database: Database) {
    this.#series = database.prepare<[number], SeriesRow>(
      'SELECT description, body_part, image_count, cover_image_id, scored, lesion_count FROM series WHERE study_id = ? ORDER BY number, id',
    )
    this.#modalities = database
      .prepare<[number], string>('SELECT modality FROM study_modalities WHERE study_id = ? ORDER BY modality')
      .pluck()
    this.#topFinding = database.prepare<[number], { label: string; score: number; found: number }>(
      `WITH newest AS (
         SELECT max(p.id) AS id, run_id FROM series s JOIN images i ON i.series_id = s.id
           JOIN predictions p ON p.image_id = i.id JOIN runs ON runs.id = p.run_id AND runs.task <> 'embedding'
         WHERE s.study_id = ? AND s.scored = 1 GROUP BY i.id
       ), said AS (
         SELECT c.label, c.score, r.key_label, r.general_label, r.places FROM newest JOIN runs r ON r.id = run_id
           JOIN classifications c ON c.prediction_id = newest.id WHERE c.label IS NOT NULL
         UNION ALL
         SELECT f.label, f.score, r.key_label, r.general_label, 2 FROM newest JOIN runs r ON r.id = run_id
           JOIN findings f ON f.prediction_id = newest.id
       )
       SELECT label, score, max(places <> 1) OVER () AS found FROM said
       ORDER BY label IS key_label DESC, label IS general_label, score DESC LIMIT 1`,
    )
    this.#labels = database
      .prepare<[{ study: number }], string>(
        `SELECT f.label FROM series s JOIN images i ON i.series_id = s.id
         JOIN findings f ON f.image_id = i.id WHERE s.study_id = @study AND s.scored = 1
         UNION SELECT called.value FROM series s JOIN images i ON i.series_id = s.id
         JOIN predictions p ON p.image_id = i.id JOIN classifications c ON c.prediction_id = p.id
         JOIN json_each(c.called) AS called WHERE s.study_id = @study AND s.scored = 1`,
      )
      .pluck()
    this.#texts = database.prepare<[number], StudyTexts>(
      `SELECT p.label, p.name, s.description, s.accession, s.date
       FROM studies s JOIN subjects p ON p.id = s.subject_id WHERE s.id = ?`,
    )
    this.#update = database.prepare(
      `UPDATE studies SET modalities = ?, series_count = ?, image_count = ?, cover_image_id = ?, scored = ?,
         lesion_count = ?, top_label = ?, top_score = ?, outcome = ? WHERE id = ?`,
    )
    this.#index = database.prepare('INSERT OR REPLACE INTO study_search (rowid, text) VALUES (?, ?)')
    this.#unindex = database.prepare('DELETE FROM study_search WHERE rowid = ?')
    this.#delete = database.prepare<[number], { subject_id: number }>(
      'DELETE FROM studies WHERE id = ? RETURNING subject_id',
    )
    this.#deleteSubject = database.prepare(
      'DELETE FROM subjects WHERE id = ? AND NOT EXISTS (SELECT 1 FROM studies WHERE subject_id = subjects.id)',
    )
  }

  /** Brings a study up to date; one that has no series left is forgotten. */
  refresh(studyId: number): void {
    const series = this.#series.all(studyId)
    if (series.length === 0) {
      this.forget(studyId)
      return
    }
    const modalities = this.#modalities.all(studyId)
    const largest = series.reduce((best, one) => (one.image_count > best.image_count ? one : best))
    const sum = (of: (one: SeriesRow) => number) => series.reduce((total, one) => total + of(one), 0)
    const scored = Math.min(
      1,
      sum((one) => one.scored),
    )
    const top = scored ? this.#topFinding.get(studyId) : undefined
    this.#update.run(
      JSON.stringify(modalities),
      series.length,
      sum((one) => one.image_count),
      largest.cover_image_id,
      scored,
      sum((one) => one.lesion_count),
      top?.label ?? null,
      top?.score ?? null,
      scored === 0 ? 'unscored' : top?.found ? 'with' : 'without',
      studyId,
    )
    this.#writeSearchText(studyId, series, modalities)
  }

  /** Deletes a study with all that hangs on it, and its subject if that was its last. */
  forget(studyId: number): void {
    this.#unindex.run(studyId)
    const study = this.#delete.get(studyId)
    if (study) this.#deleteSubject.run(study.subject_id)
  }

  #writeSearchText(studyId: number, series: readonly SeriesRow[], modalities: readonly string[]): void {
    const study = this.#texts.get(studyId)
    if (!study) return
    const { label, name, description, accession, date } = study
    const labels = series.some((one) => one.scored) ? this.#labels.all({ study: studyId }) : []
    const texts = new Set(series.flatMap((one) => [one.description, one.body_part]))
    const text = indexText([label, name, description, accession, date, ...modalities, ...texts, ...labels])
    this.#index.run(studyId, text)
  }
}
