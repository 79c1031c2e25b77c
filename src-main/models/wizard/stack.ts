import type { Database } from '#main/database/open'
import type { FrameSource } from '#main/engine/types'
import type { Library } from '#main/library/types'
import { LeptonError } from '#shared/domain/fault'

/** An image of the library within the stack of its series. */
export interface PlacedImage {
  stack: FrameSource[]
  place: number
  rows: number
  columns: number
}

interface Row {
  id: number
  rows: number
  columns: number
}

/** @throws NOT_FOUND */
export function placeImage(
  database: Database,
  library: Pick<Library, 'imageSource'>,
  imageId: number,
): PlacedImage {
  const images = database
    .prepare<[number], Row>(
      `SELECT images.id, instances.rows, instances.columns FROM images
       JOIN instances ON instances.id = images.instance_id
       WHERE images.series_id = (SELECT series_id FROM images WHERE id = ?) ORDER BY images.ordinal`,
    )
    .all(imageId)
  const place = images.findIndex(({ id }) => id === imageId)
  const image = images[place]
  if (!image)
    throw new LeptonError('NOT_FOUND', { expected: 'an image of the library', received: `${imageId}` })
  const stack = images.map(({ id }) => {
    const { path, frame } = library.imageSource(id)
    return { path, frame }
  })
  return { stack, place, rows: image.rows, columns: image.columns }
}
