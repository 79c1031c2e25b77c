import { basename } from 'node:path'
import type { Database } from '#main/database/open'
import type { Library } from '#main/library/types'
import type { ScoringTarget } from '#shared/contract/scoring'
import { seriesOfImport } from './inputs'

/** What a job is called in lists: the inputs, or the subjects, by name; the first two and how many more. */
export function titleOf(database: Database, library: Library, target: ScoringTarget): string {
  const names = [...new Set(namesOf(database, library, target))]
  const more = names.length > 2 ? ` +${names.length - 2}` : ''
  return names.slice(0, 2).join(', ') + more
}

function namesOf(database: Database, library: Library, target: ScoringTarget): string[] {
  const ofSubjects = (table: 'studies' | 'series', ids: readonly number[]) =>
    database
      .prepare<[string], string>(
        table === 'studies'
          ? `SELECT label FROM subjects JOIN studies ON studies.subject_id = subjects.id
             WHERE studies.id IN (SELECT value FROM json_each(?)) ORDER BY label`
          : `SELECT label FROM subjects JOIN studies ON studies.subject_id = subjects.id
             JOIN series ON series.study_id = studies.id
             WHERE series.id IN (SELECT value FROM json_each(?)) ORDER BY label`,
      )
      .pluck()
      .all(JSON.stringify(ids))
  switch (target.kind) {
    case 'paths':
      return target.paths.map((path) => basename(path))
    case 'studies':
      return ofSubjects('studies', target.studyIds)
    case 'series':
      return ofSubjects('series', target.seriesIds)
    case 'filter':
      return ofSubjects('studies', library.studyIds(target.filter))
    case 'import':
      return ofSubjects('series', seriesOfImport(database, target.jobId))
  }
}
