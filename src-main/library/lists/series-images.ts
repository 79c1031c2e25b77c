import { basename } from 'node:path'
import type { Database } from '#main/database/open'
import type { SeriesImage } from '#shared/contract/library'
import { LeptonError } from '#shared/domain/fault'
import { frameGeometry, type InstanceHeader, instanceHeader } from '#shared/domain/image'
import type { ImageSource } from '../types'

interface ImageRow {
  id: number
  ordinal: number
  frame: number
  name: string
  rows: number
  columns: number
  geometry: string | null
}

const geometryOf = (text: string | null) => (text ? frameGeometry.parse(JSON.parse(text)) : null)

/** The stack of a series in order. @throws NOT_FOUND */
export function seriesImagesOf(database: Database, seriesId: number): SeriesImage[] {
  const rows = database
    .prepare<[number], ImageRow>(
      `SELECT i.id, i.ordinal, i.frame, n.shown_path AS name, n.rows, n.columns, i.geometry
       FROM images i JOIN instances n ON n.id = i.instance_id WHERE i.series_id = ? ORDER BY i.ordinal, i.id`,
    )
    .all(seriesId)
  if (rows.length === 0) throw gone(`series ${seriesId}`)
  return rows.map((row) => ({ ...row, name: basename(row.name), geometry: geometryOf(row.geometry) }))
}

/** Full header of the file behind an image. @throws NOT_FOUND */
export function headerOf(database: Database, imageId: number): InstanceHeader {
  const row = database
    .prepare<[number], { instance_id: number; header: string }>(
      'SELECT i.instance_id, n.header FROM images i JOIN instances n ON n.id = i.instance_id WHERE i.id = ?',
    )
    .get(imageId)
  if (!row) throw imageGone(imageId)
  const geometry = database
    .prepare<[number], string | null>('SELECT geometry FROM images WHERE instance_id = ? ORDER BY frame')
    .pluck()
    .all(row.instance_id)
    .map(geometryOf)
    .filter((place) => place !== null)
  return instanceHeader.parse({ ...JSON.parse(row.header), geometry })
}

/** Where the pixels of an image lie. @throws NOT_FOUND */
export function imageSourceOf(database: Database, imageId: number): ImageSource {
  const row = database
    .prepare<
      [number],
      { path: string; frame: number; size_bytes: number; modified_ms: number; created_at: string }
    >(
      `SELECT n.path, i.frame, n.size_bytes, n.modified_ms, n.created_at
       FROM images i JOIN instances n ON n.id = i.instance_id WHERE i.id = ?`,
    )
    .get(imageId)
  if (!row) throw imageGone(imageId)
  const { path, frame, size_bytes, modified_ms, created_at } = row
  return { path, frame, version: [imageId, frame, size_bytes, modified_ms, created_at, path].join('\n') }
}

const imageGone = (imageId: number) => gone(`image ${imageId}`)

const gone = (received: string) =>
  new LeptonError('NOT_FOUND', {
    expected: 'a part of a study of this library',
    received,
    remedy: 'It may have been removed: open its study from the library, or import its files again.',
  })
