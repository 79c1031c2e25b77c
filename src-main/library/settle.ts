import { z } from 'zod'
import { type Database, withoutWaitingForDisk } from '#main/database/open'
import { refreshStudy } from './refresh-study'
import { orderStack } from './stack-order'

interface ImageRow {
  id: number
  frame: number
  ordinal: number
  geometry: string | null
  number: number | null
  name: string
}

const place = z.object({
  position: z.array(z.number()).nullable(),
  orientation: z.array(z.number()).nullable(),
})

/**
 * Puts the stacks that gained or lost images in order and brings the figures of their studies up to date. What
 * has no images left is deleted. A series stays marked until it is done, so a kill on the way loses nothing.
 */
export async function settleSeries(database: Database): Promise<void> {
  const some = database.prepare<[], { id: number; studyId: number }>(
    'SELECT id, study_id AS studyId FROM series WHERE settled = 0 ORDER BY id LIMIT 64',
  )
  for (let batch = some.all(); batch.length > 0; batch = some.all()) {
    const series = batch
    withoutWaitingForDisk(database, () =>
      database
        .transaction(() => {
          for (const { id } of series) settleOne(database, id)
          for (const id of new Set(series.map(({ studyId }) => studyId))) refreshStudy(database, id)
        })
        .immediate(),
    )
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function settleOne(database: Database, seriesId: number): void {
  const rows = database
    .prepare<[number], ImageRow>(
      `SELECT i.id, i.frame, i.ordinal, i.geometry, n.number, n.shown_path AS name
       FROM images i JOIN instances n ON n.id = i.instance_id WHERE i.series_id = ? ORDER BY i.id`,
    )
    .all(seriesId)
  if (rows.length === 0) {
    database.prepare('DELETE FROM series WHERE id = ?').run(seriesId)
    return
  }
  const slices = rows.map((row) => ({
    ...row,
    ...(row.geometry ? place.parse(JSON.parse(row.geometry)) : { position: null, orientation: null }),
  }))
  const { order, sorted } = orderStack(slices)
  const setOrdinal = database.prepare('UPDATE images SET ordinal = ? WHERE id = ?')
  for (const [ordinal, slice] of sorted.entries()) {
    if (slice.ordinal !== ordinal) setOrdinal.run(ordinal, slice.id)
  }
  const cover = sorted[Math.floor(sorted.length / 2)]?.id ?? null
  database
    .prepare(
      'UPDATE series SET settled = 1, stack_order = ?, image_count = ?, cover_image_id = ? WHERE id = ?',
    )
    .run(order, sorted.length, cover, seriesId)
}
