import { z } from 'zod'
import { type Database, withoutWaitingForDisk } from '#main/database/open'
import { orderStack } from './stack-order'
import { StudyFigures } from './study-figures'

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
  const stacks = new Stacks(database)
  const figures = new StudyFigures(database)
  const settle = database.transaction((series: readonly { id: number; studyId: number }[]) => {
    for (const { id } of series) stacks.settle(id)
    for (const id of new Set(series.map(({ studyId }) => studyId))) figures.refresh(id)
  })
  for (let series = some.all(); series.length > 0; series = some.all()) {
    const batch = series
    withoutWaitingForDisk(database, () => settle.immediate(batch))
    await new Promise((resolve) => setImmediate(resolve))
    if (!database.open) return
  }
}

class Stacks {
  readonly #images
  readonly #setOrdinal
  readonly #update
  readonly #delete

  constructor(database: Database) {
    this.#images = database.prepare<[number], ImageRow>(
      `SELECT i.id, i.frame, i.ordinal, i.geometry, n.number, n.shown_path AS name
       FROM images i JOIN instances n ON n.id = i.instance_id WHERE i.series_id = ? ORDER BY i.id`,
    )
    this.#setOrdinal = database.prepare('UPDATE images SET ordinal = ? WHERE id = ?')
    this.#update = database.prepare(
      'UPDATE series SET settled = 1, stack_order = ?, image_count = ?, cover_image_id = ? WHERE id = ?',
    )
    this.#delete = database.prepare('DELETE FROM series WHERE id = ?')
  }

  settle(seriesId: number): void {
    const slices = this.#images.all(seriesId).map((row) => ({
      ...row,
      ...(row.geometry ? place.parse(JSON.parse(row.geometry)) : { position: null, orientation: null }),
    }))
    if (slices.length === 0) {
      this.#delete.run(seriesId)
      return
    }
    const { order, sorted } = orderStack(slices)
    for (const [ordinal, slice] of sorted.entries()) {
      if (slice.ordinal !== ordinal) this.#setOrdinal.run(ordinal, slice.id)
    }
    const cover = sorted[Math.floor(sorted.length / 2)]?.id ?? null
    this.#update.run(order, sorted.length, cover, seriesId)
  }
}
