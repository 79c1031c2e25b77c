import type { Database } from '#main/database/open'
import type { LibraryOverview } from '#shared/contract/library'

/** Figures of the whole library. */
export function overviewOf(database: Database): LibraryOverview {
  const count = (sql: string) => database.prepare<[], number>(sql).pluck().get() ?? 0
  const outcomes = new Map(
    database
      .prepare<[], [string, number]>('SELECT outcome, count(*) FROM studies GROUP BY outcome')
      .raw()
      .all(),
  )
  const withFindings = outcomes.get('with') ?? 0
  const withoutFindings = outcomes.get('without') ?? 0
  const unscored = outcomes.get('unscored') ?? 0
  return {
    studies: withFindings + withoutFindings + unscored,
    images: count('SELECT coalesce(sum(image_count), 0) FROM studies'),
    modalities: database
      .prepare<[], { modality: string; studies: number }>(
        'SELECT modality, count(*) AS studies FROM study_modalities GROUP BY modality ORDER BY studies DESC, modality',
      )
      .all(),
    withFindings,
    withoutFindings,
    unscored,
    unreadable: count("SELECT count(*) FROM files WHERE outcome = 'unreadable'"),
  }
}
