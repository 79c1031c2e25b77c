import type { Database } from '#main/database/open'
import { StudyFigures } from './study-figures'

/** Brings what scoring found up to date in the rows of these series and of their studies. */
export function refreshOutcome(database: Database, seriesIds: readonly number[]): void {
  const figures = new StudyFigures(database)
  const newestRun = database
    .prepare<[number], number | null>(
      // vectors say nothing of what a picture shows
      `SELECT max(p.run_id) FROM images i JOIN predictions p ON p.image_id = i.id JOIN runs r ON r.id = p.run_id
       WHERE i.series_id = ? AND r.task <> 'embedding'`,
    )
    .pluck()
  const update = database
    .prepare<[number, number | null, number], number>(
      `UPDATE series SET scored = ?,
         lesion_count = (SELECT count(*) FROM lesions l WHERE l.series_id = series.id AND l.run_id = ?)
       WHERE id = ? RETURNING study_id`,
    )
    .pluck()
  database
    .transaction(() => {
      const studies = new Set<number>()
      for (const seriesId of seriesIds) {
        const run = newestRun.get(seriesId) ?? null
        const studyId = update.get(run === null ? 0 : 1, run, seriesId)
        if (studyId !== undefined) studies.add(studyId)
      }
      for (const studyId of studies) figures.refresh(studyId)
    })
    .immediate()
}
