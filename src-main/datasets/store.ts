import type { Database } from '#main/database/open'
import type { DataSet } from '#shared/contract/datasets'
import { type DataSetQuestion, dataSetQuestion } from '#shared/domain/data-set/question'
import { LeptonError } from '#shared/domain/fault'

interface Row {
  id: number
  name: string
  question: string
  schema_id: string | null
  created_at: string
  updated_at: string
}

export interface StoredSet extends Pick<DataSet, 'id' | 'name' | 'schemaId' | 'createdAt' | 'updatedAt'> {
  question: DataSetQuestion
}

export interface SetDraft {
  name: string
  question: DataSetQuestion
  schemaId: string | null
}

/** The tables of data sets and what was excluded from them. */
export class SetStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  all(): StoredSet[] {
    return this.#database.prepare<[], Row>('SELECT * FROM data_sets ORDER BY name').all().map(setOf)
  }

  /** @throws NOT_FOUND */
  get(id: number): StoredSet {
    const row = this.#database.prepare<[number], Row>('SELECT * FROM data_sets WHERE id = ?').get(id)
    if (row) return setOf(row)
    throw new LeptonError('NOT_FOUND', { expected: 'a data set', received: `number ${id}` })
  }

  /** @throws NOT_FOUND */
  named(name: string): StoredSet {
    const row = this.#database.prepare<[string], Row>('SELECT * FROM data_sets WHERE name = ?').get(name)
    if (row) return setOf(row)
    throw new LeptonError('NOT_FOUND', {
      expected: 'a data set of this library',
      received: name,
      remedy: '`lepton datasets list` names them.',
    })
  }

  /** @throws DUPLICATE */
  insert({ name, question, schemaId }: SetDraft): number {
    this.#ensureFree(name, 0)
    const now = new Date().toISOString()
    const { lastInsertRowid } = this.#database
      .prepare(
        'INSERT INTO data_sets (name, question, schema_id, created_at, updated_at) VALUES (?, ?, ?, ?, ?)',
      )
      .run(name, JSON.stringify(question), schemaId, now, now)
    return Number(lastInsertRowid)
  }

  /** @throws NOT_FOUND, DUPLICATE */
  update(id: number, { name, question, schemaId }: SetDraft): void {
    this.get(id)
    this.#ensureFree(name, id)
    this.#database
      .prepare('UPDATE data_sets SET name = ?, question = ?, schema_id = ?, updated_at = ? WHERE id = ?')
      .run(name, JSON.stringify(question), schemaId, new Date().toISOString(), id)
  }

  remove(id: number): void {
    this.get(id)
    this.#database.prepare('DELETE FROM data_sets WHERE id = ?').run(id)
  }

  exclude(id: number, imageIds: readonly number[], reason: string): number {
    this.get(id)
    const insert = this.#database.prepare(
      `INSERT OR IGNORE INTO data_set_exclusions (data_set_id, image_id, reason, excluded_at)
       SELECT ?, id, ?, ? FROM images WHERE id IN (SELECT value FROM json_each(?))`,
    )
    return insert.run(id, reason, new Date().toISOString(), JSON.stringify(imageIds)).changes
  }

  include(id: number, imageIds: readonly number[]): number {
    return this.#database
      .prepare(
        'DELETE FROM data_set_exclusions WHERE data_set_id = ? AND image_id IN (SELECT value FROM json_each(?))',
      )
      .run(id, JSON.stringify(imageIds)).changes
  }

  #ensureFree(name: string, but: number): void {
    const other = this.#database
      .prepare<[string, number], number>('SELECT id FROM data_sets WHERE name = ? AND id <> ?')
      .pluck()
      .get(name, but)
    if (other === undefined) return
    throw new LeptonError('DUPLICATE', {
      expected: 'a name of its own',
      received: name,
      remedy: 'Choose another name.',
    })
  }
}

function setOf({ question, schema_id, created_at, updated_at, ...row }: Row): StoredSet {
  return {
    ...row,
    question: dataSetQuestion.parse(JSON.parse(question)),
    schemaId: schema_id,
    createdAt: created_at,
    updatedAt: updated_at,
  }
}
