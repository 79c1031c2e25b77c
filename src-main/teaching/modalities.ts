import type { Database } from '#main/database/open'

/** Modality of each of the images that the library still has; photographs are PHOTO, null where none is stated. */
export function modalitiesOf(database: Database, imageIds: readonly number[]): Map<number, string | null> {
  const rows = database
    .prepare<[string], { id: number; modality: string | null }>(
      `SELECT images.id, series.modality FROM json_each(?) AS wanted JOIN images ON images.id = wanted.value
         JOIN series ON series.id = images.series_id`,
    )
    .all(JSON.stringify(imageIds))
  return new Map(rows.map(({ id, modality }) => [id, modality]))
}
