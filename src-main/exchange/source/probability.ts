import { inflateRawSync } from 'node:zlib'
import type { Database } from '#main/database/open'
import { mapInfo } from '#shared/domain/probability-map'
import { upsampleMap } from '#shared/geometry/probability'

const MAP = `SELECT map_info AS info, map FROM predictions WHERE run_id = ? AND image_id = ?`

/**
 * The probability of a label as rows x columns bytes (probability = byte / 255) on the stored image; all zero where the
 * run saw no more than a trace, null where it does not know the label or never saw the image.
 */
export function probabilityOf(
  database: Database,
  { runId, imageId, label, pixels }: { runId: number; imageId: number; label: string; pixels: number },
): Uint8Array | null {
  const row = database
    .prepare<[number, number], { info: string | null; map: Uint8Array | null }>(MAP)
    .get(runId, imageId)
  if (!row) return null
  if (row.info === null || row.map === null) return new Uint8Array(pixels)
  const info = mapInfo.parse(JSON.parse(row.info))
  const plane = info.labels.indexOf(label)
  if (plane < 0) return null
  const [, , width, height] = info.crop
  const bytes = inflateRawSync(row.map, { maxOutputLength: width * height * info.labels.length })
  return Uint8Array.from(upsampleMap(info, bytes, plane), Math.round)
}
