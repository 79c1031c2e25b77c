import type { Database } from '#main/database/open'
import type { Fault } from '#shared/domain/fault'
import { fault as faultRecord } from '#shared/domain/fault'

/** What the library has of what an archive offers; every version of an object counts as that object. */
export class Held {
  readonly #study
  readonly #series
  readonly #instance
  readonly #fault
  readonly #paths

  constructor(database: Database) {
    const count = (column: string) =>
      database
        .prepare<[string], number>(
          `SELECT count(DISTINCT substr(n.key, 1, coalesce(nullif(instr(n.key, '#'), 0) - 1, length(n.key))))
           FROM instances n JOIN series s ON s.id = n.series_id JOIN studies t ON t.id = s.study_id
           WHERE ${column} = ?`,
        )
        .pluck()
    this.#study = count('t.uid')
    this.#series = count('s.uid')
    this.#instance = database
      .prepare<[string, string, string], number>(
        'SELECT 1 FROM instances WHERE key = ? OR (key > ? AND key < ?) LIMIT 1',
      )
      .pluck()
    this.#fault = database.prepare<[string], string | null>('SELECT fault FROM files WHERE path = ?').pluck()
    this.#paths = database
      .prepare<[number], string>(
        `SELECT n.path FROM series s JOIN instances n ON n.series_id = s.id WHERE s.study_id = ?
         ORDER BY s.number, s.id, n.number, n.id`,
      )
      .pluck()
  }

  ofStudy(uid: string): number {
    return this.#study.get(uid) ?? 0
  }

  ofSeries(uid: string): number {
    return this.#series.get(uid) ?? 0
  }

  has(sopInstance: string): boolean {
    const key = `sop:${sopInstance}`
    return this.#instance.get(key, `${key}#`, `${key}$`) !== undefined
  }

  /** Why a file was not taken in; null where that is not known. */
  faultOf(path: string): Fault | null {
    const text = this.#fault.get(path)
    return text ? faultRecord.parse(JSON.parse(text)) : null
  }

  /** Files of a study, series by series. */
  filesOf(studyId: number): string[] {
    return this.#paths.all(studyId)
  }
}
