import { basename } from 'node:path'
import type { Database } from '#main/database/open'
import type { SimilarPicture } from '#shared/contract/similarity'

type Found = Omit<SimilarPicture, 'similarity' | 'label'>

/** Where the pictures are and what they show, in the order asked for; those that have gone are left out. */
export function similarPictures(
  database: Database,
  nearest: readonly { imageId: number; similarity: number }[],
): SimilarPicture[] {
  const find = database.prepare<[number], Found>(
    `SELECT images.id AS imageId, series.study_id AS studyId, series.id AS seriesId, images.ordinal,
       instances.shown_path AS name, studies.subject_label AS subject
     FROM images JOIN instances ON instances.id = images.instance_id JOIN series ON series.id = images.series_id
       JOIN studies ON studies.id = series.study_id WHERE images.id = ?`,
  )
  return nearest.flatMap(({ imageId, similarity }) => {
    const found = find.get(imageId)
    if (!found) return []
    return [{ ...found, name: basename(found.name), similarity, label: labelOf(database, imageId) }]
  })
}

/** Of the series an image belongs to; `PHOTO` for photographs. */
export function modalityOf(database: Database, imageId: number): string | null {
  const modality = database
    .prepare<[number], string | null>(
      'SELECT modality FROM images JOIN series ON series.id = series_id WHERE images.id = ?',
    )
    .pluck()
    .get(imageId)
  return modality ?? null
}

/** Ids of the images of a modality, or of all. */
export function imagesOf(database: Database, modality: string | null): number[] {
  return database
    .prepare<[string | null], number>(
      'SELECT images.id FROM images JOIN series ON series.id = series_id WHERE modality IS coalesce(?, modality)',
    )
    .pluck()
    .all(modality)
}

/** A reader's word goes before a model's. */
function labelOf(database: Database, imageId: number): SimilarPicture['label'] {
  const tag = database
    .prepare<[number], string>(
      `SELECT label FROM annotations WHERE image_id = ? AND kind = 'tag' AND state <> 'rejected'
       ORDER BY updated_at DESC LIMIT 1`,
    )
    .pluck()
    .get(imageId)
  if (tag !== undefined) return { id: tag, by: 'reader' }
  const called = database
    .prepare<[number], string>(
      `SELECT label FROM predictions JOIN classifications ON classifications.prediction_id = predictions.id
       WHERE image_id = ? AND label IS NOT NULL ORDER BY predictions.id DESC LIMIT 1`,
    )
    .pluck()
    .get(imageId)
  return called === undefined ? null : { id: called, by: 'model' }
}
