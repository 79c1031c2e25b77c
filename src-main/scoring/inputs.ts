import type { Database } from '#main/database/open'
import type { InputItem, Library } from '#main/library/types'
import type { ScoringTarget } from '#shared/contract/scoring'

interface ImageRow {
  image_id: number
  instance_id: number
  series_id: number
  frame: number
  frames: number
  ordinal: number
  path: string
}

/** Every image (and every file that shows none) of a target, as far as the library knows it. */
export function inputsOf(database: Database, library: Library, target: ScoringTarget): Iterable<InputItem> {
  return target.kind === 'paths'
    ? library.imagesOf(target.paths)
    : imagesOfSeries(database, seriesOf(database, library, target))
}

/** The series of a target that was chosen in the library. */
export function seriesOf(
  database: Database,
  library: Library,
  target: Exclude<ScoringTarget, { kind: 'paths' }>,
): number[] {
  switch (target.kind) {
    case 'series':
      return target.seriesIds
    case 'studies':
      return seriesOfStudies(database, target.studyIds)
    case 'filter':
      return seriesOfStudies(database, library.studyIds(target.filter))
    case 'import':
      return seriesOfImport(database, target.jobId)
  }
}

function seriesOfStudies(database: Database, studyIds: readonly number[]): number[] {
  const series = database
    .prepare<[number], number>('SELECT id FROM series WHERE study_id = ? ORDER BY number, id')
    .pluck()
  return studyIds.flatMap((studyId) => series.all(studyId))
}

/** The series that files read by an import job belong to; of files that were there before, theirs. */
export function seriesOfImport(database: Database, jobId: number): number[] {
  return database
    .prepare<[number], number>(
      `SELECT DISTINCT instances.series_id FROM files JOIN instances ON instances.id = files.instance_id
       WHERE files.job_id = ? ORDER BY instances.series_id`,
    )
    .pluck()
    .all(jobId)
}

function* imagesOfSeries(database: Database, seriesIds: readonly number[]): Generator<InputItem> {
  const images = database.prepare<[number], ImageRow>(
    `SELECT images.id AS image_id, instance_id, images.series_id, frame, frames, ordinal, shown_path AS path
     FROM images JOIN instances ON instances.id = instance_id WHERE images.series_id = ? ORDER BY ordinal`,
  )
  for (const seriesId of new Set(seriesIds)) {
    for (const row of images.all(seriesId)) {
      yield {
        root: '',
        path: row.path,
        outcome: 'image',
        fault: null,
        image: {
          imageId: row.image_id,
          instanceId: row.instance_id,
          seriesId: row.series_id,
          frame: row.frame,
          frames: row.frames,
          ordinal: row.ordinal,
        },
      }
    }
  }
}
