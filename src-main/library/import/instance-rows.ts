import type { Database } from '#main/database/open'
import type { InstanceHeader } from '#shared/domain/image'
import type { Place } from './grouping'
import { integer, PlaceRows } from './place-rows'
import type { ReadFile } from './recorder'

export interface InstanceRow {
  id: number
  path: string
  shown_path: string
  owned: number
  size_bytes: number
  modified_ms: number
  sha256: string | null
  header: string
  series_key: string
}

/** Keys that begin with an identity: itself, or `#` and a hash behind it. */
interface VersionRange {
  key: string
  start: string
  end: string
  length: number
}

/** Rows of instances and their images; a series that gains or loses images is marked as not settled. */
export class InstanceRows {
  readonly #places
  readonly #versions
  readonly #anyVersion
  readonly #anyAtPath
  readonly #byPath
  readonly #byId
  readonly #scored
  readonly #setHash
  readonly #forgetThumbnails
  readonly #insert
  readonly #insertImage
  readonly #unsettle
  readonly #nextOrdinal
  readonly #move
  readonly #unsettleOf
  readonly #delete
  /** Next ordinal of each series that grew in this transaction. */
  readonly #growing = new Map<number, number>()

  constructor(database: Database) {
    this.#places = new PlaceRows(database)
    const columns = `SELECT n.id, path, shown_path, owned, size_bytes, modified_ms, sha256, header, s.key AS series_key
       FROM instances n JOIN series s ON s.id = n.series_id`
    this.#versions = database.prepare<[VersionRange], InstanceRow>(
      `${columns} WHERE n.key >= @key AND n.key < @end AND (n.key = @key OR (n.key > @start AND length(n.key) = @length))
       ORDER BY n.id`,
    )
    this.#anyVersion = database
      .prepare<[string, string], number>('SELECT id FROM instances WHERE key >= ? AND key < ? LIMIT 1')
      .pluck()
    this.#anyAtPath = database
      .prepare<[string], number>('SELECT id FROM instances WHERE path = ? LIMIT 1')
      .pluck()
    this.#byPath = database.prepare<[string, string], InstanceRow>(
      `${columns} WHERE path = ? AND shown_path = ?`,
    )
    this.#byId = database.prepare<[number], InstanceRow>(`${columns} WHERE n.id = ?`)
    this.#scored = database
      .prepare<[number], string>(
        `SELECT DISTINCT p.sha256 FROM images i JOIN predictions p ON p.image_id = i.id
         WHERE i.instance_id = ? AND p.sha256 <> ''`,
      )
      .pluck()
    this.#setHash = database.prepare('UPDATE instances SET sha256 = ? WHERE id = ?')
    this.#forgetThumbnails = database.prepare(
      'DELETE FROM thumbnails WHERE image_id IN (SELECT id FROM images WHERE instance_id = ?)',
    )
    this.#insert = database.prepare(
      `INSERT INTO instances (series_id, key, path, shown_path, owned, size_bytes, modified_ms, sha256, format,
         number, rows, columns, frames, photometric, samples, header, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#insertImage = database.prepare(
      'INSERT INTO images (instance_id, series_id, frame, ordinal, geometry) VALUES (?, ?, ?, ?, ?)',
    )
    this.#nextOrdinal = database
      .prepare<[number], number>('SELECT coalesce(max(ordinal), -1) + 1 FROM images WHERE series_id = ?')
      .pluck()
    this.#unsettle = database.prepare('UPDATE series SET settled = 0 WHERE id = ? AND settled = 1')
    this.#unsettleOf = database.prepare(
      'UPDATE series SET settled = 0 WHERE id = (SELECT series_id FROM instances WHERE id = ?)',
    )
    this.#move = database.prepare(
      `UPDATE instances SET path = ?, shown_path = ?, owned = ?, size_bytes = ?, modified_ms = ?,
         sha256 = coalesce(?, sha256) WHERE id = ?`,
    )
    this.#delete = database.prepare('DELETE FROM instances WHERE id = ?')
  }

  /** At the start of a transaction: other processes may have written since the last. */
  begin(): void {
    this.#growing.clear()
    this.#places.begin()
  }

  /** Every instance of an identity, the first one first: `<key>`, and `<key>#<sha256>` for its other versions. */
  versionsOf(key: string): InstanceRow[] {
    const [start, end] = [`${key}#`, `${key}$`]
    if (this.#anyVersion.get(key, end) === undefined) return []
    return this.#versions.all({ key, start, end, length: key.length + 65 })
  }

  byPath(path: string, shownPath: string): InstanceRow | undefined {
    if (this.#anyAtPath.get(path) === undefined) return undefined
    return this.#byPath.get(path, shownPath)
  }

  byId(id: number): InstanceRow | undefined {
    return this.#byId.get(id)
  }

  /** SHA-256 of the bytes behind what is written down of an instance, as far as anybody computed it. */
  hashesOf(row: InstanceRow): string[] {
    return [...new Set([...(row.sha256 ? [row.sha256] : []), ...this.#scored.all(row.id)])]
  }

  setHash(id: number, sha256: string): void {
    this.#setHash.run(sha256, id)
  }

  /** Whether the file still says what was written down of it. */
  holds(row: InstanceRow, header: InstanceHeader, file: Pick<ReadFile, 'sizeBytes'>): boolean {
    return row.size_bytes === file.sizeBytes && row.header === headerText(header)
  }

  moveTo(
    id: number,
    file: Pick<ReadFile, 'path' | 'shownPath' | 'owned' | 'sizeBytes' | 'modifiedMs' | 'sha256'>,
  ): void {
    const { path, shownPath, owned, sizeBytes, modifiedMs, sha256 } = file
    this.#move.run(path, shownPath, owned ? 1 : 0, sizeBytes, Math.round(modifiedMs), sha256, id)
  }

  forgetThumbnails(id: number): void {
    this.#forgetThumbnails.run(id)
  }

  remove(id: number): void {
    this.#unsettleOf.run(id)
    this.#delete.run(id)
  }

  insert(place: Place, header: InstanceHeader, file: ReadFile): number {
    const seriesId = this.#places.seriesFor(place, header)
    const { instance, geometry } = header
    const instanceId = Number(
      this.#insert.run(
        seriesId,
        place.instanceKey,
        file.path,
        file.shownPath,
        file.owned ? 1 : 0,
        file.sizeBytes,
        Math.round(file.modifiedMs),
        file.sha256,
        header.format,
        integer(instance.number),
        instance.rows,
        instance.columns,
        instance.frames,
        instance.photometric,
        instance.samples,
        headerText(header),
        new Date().toISOString(),
      ).lastInsertRowid,
    )
    const firstOrdinal = this.#growing.get(seriesId) ?? this.#beginToGrow(seriesId)
    for (let frame = 0; frame < instance.frames; frame += 1) {
      const position = geometry[frame] ?? geometry[0]
      const text = position ? JSON.stringify(position) : null
      this.#insertImage.run(instanceId, seriesId, frame, firstOrdinal + frame, text)
    }
    this.#growing.set(seriesId, firstOrdinal + instance.frames)
    return instanceId
  }

  #beginToGrow(seriesId: number): number {
    this.#unsettle.run(seriesId)
    return this.#nextOrdinal.get(seriesId) ?? 0
  }
}

/** The header as it is kept; the geometry of each frame stands with its image. */
const headerText = (header: InstanceHeader) => JSON.stringify({ ...header, geometry: [] })
