import type { Database } from '#main/database/open'
import type { ReaderState } from '#shared/contract/reading'
import { LeptonError } from '#shared/domain/fault'

/** Who read a study, and who sees whom. */
export class Readers {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** @throws NOT_FOUND */
  of(studyId: number): ReaderState[] {
    this.#ensure(studyId)
    return this.#database
      .prepare<[{ studyId: number }], ReaderState>(
        `SELECT reader, max(done_at) AS doneAt, sum(annotations) AS annotations FROM (
           SELECT reader, NULL AS done_at, count(*) AS annotations FROM annotations
             WHERE study_id = :studyId GROUP BY reader
           UNION ALL SELECT reader, done_at, 0 FROM readings WHERE study_id = :studyId)
         GROUP BY reader ORDER BY reader`,
      )
      .all({ studyId })
  }

  blinded(studyId: number): boolean {
    return (
      this.#database.prepare('SELECT 1 FROM blinded_studies WHERE study_id = ?').get(studyId) !== undefined
    )
  }

  setBlinded(studyId: number, blinded: boolean): void {
    this.#ensure(studyId)
    if (blinded) {
      this.#database
        .prepare('INSERT OR IGNORE INTO blinded_studies (study_id, since) VALUES (?, ?)')
        .run(studyId, new Date().toISOString())
    } else this.#database.prepare('DELETE FROM blinded_studies WHERE study_id = ?').run(studyId)
  }

  /** Once two readers or more are all done, the study is open to everybody from then on. */
  setDone(studyId: number, reader: string, done: boolean): void {
    this.#ensure(studyId)
    if (done) {
      this.#database
        .prepare('INSERT OR IGNORE INTO readings (study_id, reader, done_at) VALUES (?, ?, ?)')
        .run(studyId, reader, new Date().toISOString())
    } else {
      this.#database.prepare('DELETE FROM readings WHERE study_id = ? AND reader = ?').run(studyId, reader)
    }
    const readers = this.of(studyId)
    if (readers.length >= 2 && readers.every(({ doneAt }) => doneAt !== null)) this.setBlinded(studyId, false)
  }

  /** @throws READING_BLINDED */
  ensureOpen(studyId: number): void {
    if (!this.blinded(studyId)) return
    const atWork = this.of(studyId).filter(({ doneAt }) => doneAt === null)
    throw new LeptonError('READING_BLINDED', {
      expected: 'two readers or more who are all done',
      received:
        atWork.length > 0 ? `at work: ${atWork.map(({ reader }) => reader).join(', ')}` : 'one reader',
      remedy: 'Wait until all are done, or end the blinded reading.',
    })
  }

  #ensure(studyId: number): void {
    if (this.#database.prepare('SELECT 1 FROM studies WHERE id = ?').get(studyId)) return
    throw new LeptonError('NOT_FOUND', { expected: 'a study of this library', received: `study ${studyId}` })
  }
}
