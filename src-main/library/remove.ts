import type { Database } from '#main/database/open'
import { StudyFigures } from './study-figures'

/** Forgets studies in one transaction. Gives their number, and the owned files that nothing refers to any more. */
export function removeStudies(
  database: Database,
  studyIds: readonly number[],
): { removed: number; files: string[] } {
  const figures = new StudyFigures(database)
  const known = database.prepare<[number], number>('SELECT id FROM studies WHERE id = ?').pluck()
  const owned = database
    .prepare<[number], string>(
      'SELECT n.path FROM series s JOIN instances n ON n.series_id = s.id WHERE s.study_id = ? AND n.owned = 1',
    )
    .pluck()
  const used = database.prepare<[string], number>('SELECT 1 FROM instances WHERE path = ?').pluck()
  return database
    .transaction(() => {
      const present = studyIds.filter((id) => known.get(id) !== undefined)
      const files = new Set(present.flatMap((id) => owned.all(id)))
      for (const id of present) forgetArchives(database, id)
      for (const id of present) figures.forget(id)
      return { removed: present.length, files: [...files].filter((path) => used.get(path) === undefined) }
    })
    .immediate()
}

/** An archive whose members are forgotten must be opened again when it is imported once more. */
function forgetArchives(database: Database, studyId: number): void {
  const members = database
    .prepare<[number], string>(
      `SELECT f.path FROM series s JOIN instances n ON n.series_id = s.id JOIN files f ON f.instance_id = n.id
       WHERE s.study_id = ? AND instr(f.path, '!/') > 0`,
    )
    .pluck()
    .all(studyId)
  const forget = database.prepare("DELETE FROM files WHERE path = ? AND outcome = 'archive'")
  for (const archive of new Set(members.map((path) => path.slice(0, path.indexOf('!/'))))) forget.run(archive)
}
