import type { Database } from '#main/database/open'
import { type LeakReport, leakReport, type SplitRecipe, splitRecipe } from '#shared/domain/data-set/split'
import { LeptonError } from '#shared/domain/fault'

interface Row {
  id: number
  version_id: number
  recipe: string
  leaks: string
  acknowledged_at: string | null
  created_at: string
}

export interface StoredSplit {
  id: number
  versionId: number
  recipe: SplitRecipe
  leaks: LeakReport
  acknowledgedAt: string | null
  createdAt: string
}

/** The tables of splits. */
export class SplitStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Newest first. */
  list(versionId: number): StoredSplit[] {
    return this.#database
      .prepare<[number], Row>('SELECT * FROM data_set_splits WHERE version_id = ? ORDER BY id DESC')
      .all(versionId)
      .map(splitOf)
  }

  /** @throws NOT_FOUND */
  get(splitId: number): StoredSplit {
    const row = this.#database
      .prepare<[number], Row>('SELECT * FROM data_set_splits WHERE id = ?')
      .get(splitId)
    if (row) return splitOf(row)
    throw new LeptonError('NOT_FOUND', { expected: 'a split', received: `number ${splitId}` })
  }

  parts(splitId: number): Map<number, string> {
    const rows = this.#database
      .prepare<[number], { image_id: number; part: string }>(
        'SELECT image_id, part FROM data_set_parts WHERE split_id = ?',
      )
      .all(splitId)
    return new Map(rows.map(({ image_id, part }) => [image_id, part]))
  }

  insert(
    versionId: number,
    recipe: SplitRecipe,
    parts: ReadonlyMap<number, string>,
    leaks: LeakReport,
  ): number {
    return this.#database.transaction(() => {
      const { lastInsertRowid } = this.#database
        .prepare('INSERT INTO data_set_splits (version_id, recipe, leaks, created_at) VALUES (?, ?, ?, ?)')
        .run(versionId, JSON.stringify(recipe), JSON.stringify(leaks), new Date().toISOString())
      const insert = this.#database.prepare(
        'INSERT INTO data_set_parts (split_id, image_id, part) VALUES (?, ?, ?)',
      )
      for (const [imageId, part] of parts) insert.run(lastInsertRowid, imageId, part)
      return Number(lastInsertRowid)
    })()
  }

  acknowledge(splitId: number): void {
    this.get(splitId)
    this.#database
      .prepare('UPDATE data_set_splits SET acknowledged_at = coalesce(acknowledged_at, ?) WHERE id = ?')
      .run(new Date().toISOString(), splitId)
  }
}

const splitOf = ({ version_id, recipe, leaks, acknowledged_at, created_at, id }: Row): StoredSplit => ({
  id,
  versionId: version_id,
  recipe: splitRecipe.parse(JSON.parse(recipe)),
  leaks: leakReport.parse(JSON.parse(leaks)),
  acknowledgedAt: acknowledged_at,
  createdAt: created_at,
})
