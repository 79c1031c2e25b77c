import type { Database } from '#main/database/open'
import { type CheckFinding, type CheckKind, checkKind } from '#shared/domain/data-set/check'
import { type Comparison, comparison } from '#shared/domain/data-set/comparison'
import type { Found } from './pixel-findings'

interface Row {
  id: number
  kind: string
  imageId: number
  studyId: number
  seriesId: number
  ordinal: number
  name: string
  otherImageId: number | null
  annotationId: string | null
  value: number | null
  cosine: number | null
  detail: string
  standing: 'open' | 'dismissed'
  excluded: 0 | 1
}

const SELECT = `SELECT f.id, f.kind, f.image_id AS imageId, series.study_id AS studyId, images.series_id AS seriesId,
    images.ordinal, instances.shown_path AS name, f.other_image_id AS otherImageId, f.annotation_id AS annotationId,
    f.value, f.cosine, f.detail, f.standing,
    EXISTS (SELECT 1 FROM data_set_exclusions e WHERE e.data_set_id = f.data_set_id AND e.image_id = f.image_id) AS excluded
  FROM data_set_findings f JOIN images ON images.id = f.image_id JOIN series ON series.id = images.series_id
  JOIN instances ON instances.id = images.instance_id`

/** The tables of what checks found. */
export class FindingStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Puts new findings in the place of the old; what a person put aside stays aside. */
  replace(dataSetId: number, found: readonly Found[], compared: Comparison): void {
    const now = new Date().toISOString()
    this.#database.transaction(() => {
      const aside = this.#database
        .prepare<[number], string>(
          `SELECT kind || ' ' || image_id || ' ' || coalesce(other_image_id, '') || ' ' || coalesce(annotation_id, '')
           FROM data_set_findings WHERE data_set_id = ? AND standing = 'dismissed'`,
        )
        .pluck()
        .all(dataSetId)
      const dismissed = new Set(aside)
      this.#database.prepare('DELETE FROM data_set_findings WHERE data_set_id = ?').run(dataSetId)
      const insert = this.#database.prepare(
        `INSERT INTO data_set_findings (data_set_id, kind, image_id, other_image_id, annotation_id, value, cosine,
           detail, standing, found_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      for (const { kind, imageId, otherImageId, annotationId, value, cosine, detail } of found) {
        const key = `${kind} ${imageId} ${otherImageId ?? ''} ${annotationId ?? ''}`
        insert.run(
          dataSetId,
          kind,
          imageId,
          otherImageId ?? null,
          annotationId ?? null,
          value ?? null,
          cosine ?? null,
          detail ?? '',
          dismissed.has(key) ? 'dismissed' : 'open',
          now,
        )
      }
      this.#database
        .prepare('UPDATE data_sets SET compared = ? WHERE id = ?')
        .run(JSON.stringify(compared), dataSetId)
    })()
  }

  /** How the last check compared the pictures; null before the first. */
  compared(dataSetId: number): Comparison | null {
    const text = this.#database
      .prepare<[number], string | null>('SELECT compared FROM data_sets WHERE id = ?')
      .pluck()
      .get(dataSetId)
    return text ? comparison.parse(JSON.parse(text)) : null
  }

  /** Open findings of pictures that are not excluded count as open. */
  counts(dataSetId: number): { kind: CheckKind; open: number; dismissed: number }[] {
    return this.#database
      .prepare<[number], { kind: string; open: number; dismissed: number }>(
        `SELECT kind, count(*) FILTER (WHERE standing = 'open' AND NOT excluded) AS open,
           count(*) FILTER (WHERE standing = 'dismissed' OR excluded) AS dismissed
         FROM (SELECT f.kind, f.standing, EXISTS (SELECT 1 FROM data_set_exclusions e
           WHERE e.data_set_id = f.data_set_id AND e.image_id = f.image_id) AS excluded
           FROM data_set_findings f WHERE f.data_set_id = ?) GROUP BY kind`,
      )
      .all(dataSetId)
      .map((row) => ({ ...row, kind: checkKind.parse(row.kind) }))
  }

  /** Open ones first. */
  list(dataSetId: number, kind: CheckKind | undefined, offset: number, limit: number) {
    const where = 'f.data_set_id = ? AND f.kind = coalesce(?, f.kind)'
    const total = this.#database
      .prepare<[number, string | null], number>(`SELECT count(*) FROM data_set_findings f WHERE ${where}`)
      .pluck()
      .get(dataSetId, kind ?? null)
    const items = this.#database
      .prepare<[number, string | null, number, number], Row>(
        `${SELECT} WHERE ${where} ORDER BY f.standing = 'dismissed' OR excluded, f.kind, coalesce(f.value, f.cosine) DESC, f.id LIMIT ? OFFSET ?`,
      )
      .all(dataSetId, kind ?? null, limit, offset)
      .map(findingOf)
    return { total: total ?? 0, items }
  }

  imagesOf(dataSetId: number, findingIds: readonly number[]): number[] {
    return this.#database
      .prepare<[number, string], number>(
        `SELECT DISTINCT image_id FROM data_set_findings WHERE data_set_id = ?
         AND id IN (SELECT value FROM json_each(?))`,
      )
      .pluck()
      .all(dataSetId, JSON.stringify(findingIds))
  }

  settle(dataSetId: number, findingIds: readonly number[], standing: 'open' | 'dismissed'): number {
    return this.#database
      .prepare(
        `UPDATE data_set_findings SET standing = ? WHERE data_set_id = ? AND id IN (SELECT value FROM json_each(?))`,
      )
      .run(standing, dataSetId, JSON.stringify(findingIds)).changes
  }
}

const findingOf = ({ excluded, kind, standing, ...row }: Row): CheckFinding => ({
  ...row,
  kind: checkKind.parse(kind),
  standing: excluded ? 'excluded' : standing,
})
