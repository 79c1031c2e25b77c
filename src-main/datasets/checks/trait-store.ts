import { type Database, withoutWaitingForDisk } from '#main/database/open'
import type { ImageTraits } from '#shared/domain/image-traits'

interface Row extends Omit<ImageTraits, 'likeness'> {
  image_id: number
  likeness: Buffer
}

/** Figures of pixels, kept as long as their image. */
export class TraitStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Of those images that were measured. */
  of(imageIds: readonly number[]): Map<number, ImageTraits> {
    const rows = this.#database
      .prepare<[string], Row>('SELECT * FROM image_traits WHERE image_id IN (SELECT value FROM json_each(?))')
      .all(JSON.stringify(imageIds))
    return new Map(
      rows.map(({ image_id, likeness, ...traits }) => [
        image_id,
        { ...traits, likeness: new Uint8Array(likeness) },
      ]),
    )
  }

  put(
    imageId: number,
    { pixels, likeness, brightness, contrast, sharpness, dark, bright }: ImageTraits,
  ): void {
    withoutWaitingForDisk(this.#database, () =>
      this.#database
        .prepare(
          `INSERT OR REPLACE INTO image_traits (image_id, pixels, likeness, brightness, contrast, sharpness, dark, bright)
           SELECT id, ?, ?, ?, ?, ?, ?, ? FROM images WHERE id = ?`,
        )
        .run(pixels, Buffer.from(likeness), brightness, contrast, sharpness, dark, bright, imageId),
    )
  }
}
