import type { Database } from '#main/database/open'
import type { LibraryOverview } from '#shared/contract/library'

/** Figures of the whole library. */
export function overviewOf(database: Database): LibraryOverview {
  const count = (sql: string) => database.prepare<[], number>(sql).pluck().get() ?? 0
  const outcomes = database
    .prepare<[], { outcome: string; studies: number; images: number }>(
      'SELECT outcome, count(*) AS studies, sum(image_count) AS images FROM studies GROUP BY outcome',
    )
    .all()
  const studies = (wanted: string) => outcomes.find(({ outcome }) => outcome === wanted)?.studies ?? 0
  return {
    studies: outcomes.reduce((sum, row) => sum + row.studies, 0),
    images: outcomes.reduce((sum, row) => sum + row.images, 0),
    modalities: database
      .prepare<[], { modality: string; studies: number }>(
        'SELECT modality, count(*) AS studies FROM study_modalities GROUP BY modality ORDER BY studies DESC, modality',
      )
      .all(),
    withFindings: studies('with'),
    withoutFindings: studies('without'),
    unscored: studies('unscored'),
    unreadable: count("SELECT count(*) FROM files WHERE outcome = 'unreadable'"),
  }
}
