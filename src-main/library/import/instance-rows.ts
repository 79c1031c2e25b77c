import type { Database } from '#main/database/open'
import type { InstanceHeader } from '#shared/domain/image'
import type { Place } from './grouping'
import { integer, PlaceRows } from './place-rows'
import type { ReadFile } from './recorder'

export interface InstanceRow {
  id: number
  path: string
  shown_path: string
  size_bytes: number
  header: string
}

/** Rows of instances and their images; a series that gains or loses images is marked as not settled. */
export class InstanceRows {
  readonly #places
  readonly #byKey
  readonly #byPath
  readonly #insert
  readonly #insertImage
  readonly #unsettle
  readonly #nextOrdinal
  readonly #move
  readonly #unsettleOf
  readonly #delete

  constructor(database: Database) {
    this.#places = new PlaceRows(database)
    const columns = 'SELECT id, path, shown_path, size_bytes, header FROM instances'
    this.#byKey = database.prepare<[string], InstanceRow>(`${columns} WHERE key = ?`)
    this.#byPath = database.prepare<[string], InstanceRow>(`${columns} WHERE path = ?`)
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
      'UPDATE instances SET path = ?, shown_path = ?, owned = ?, size_bytes = ?, modified_ms = ? WHERE id = ?',
    )
    this.#delete = database.prepare('DELETE FROM instances WHERE id = ?')
  }

  byKey(key: string): InstanceRow | undefined {
    return this.#byKey.get(key)
  }

  byPath(path: string): InstanceRow | undefined {
    return this.#byPath.get(path)
  }

  /** Whether the file still says what was written down of it: its bytes are then taken to be the same. */
  holds(row: InstanceRow, header: InstanceHeader, file: ReadFile): boolean {
    return row.size_bytes === file.sizeBytes && row.header === headerText(header)
  }

  moveTo(id: number, file: ReadFile): void {
    const { path, shownPath, owned, sizeBytes, modifiedMs } = file
    this.#move.run(path, shownPath, owned ? 1 : 0, sizeBytes, Math.round(modifiedMs), id)
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
    const firstOrdinal = this.#nextOrdinal.get(seriesId) ?? 0
    for (let frame = 0; frame < instance.frames; frame += 1) {
      const position = geometry[frame] ?? geometry[0]
      const text = position ? JSON.stringify(position) : null
      this.#insertImage.run(instanceId, seriesId, frame, firstOrdinal + frame, text)
    }
    this.#unsettle.run(seriesId)
    return instanceId
  }
}

/** The header as it is kept; the geometry of each frame stands with its image. */
const headerText = (header: InstanceHeader) => JSON.stringify({ ...header, geometry: [] })
