import { z } from 'zod'
import { procedure } from './base'

/** A picture of the library beside the one asked about. */
export const similarPicture = z.object({
  imageId: z.number().int(),
  studyId: z.number().int(),
  seriesId: z.number().int(),
  /** Place in its series, from 0. */
  ordinal: z.number().int(),
  name: z.string(),
  subject: z.string(),
  /** Cosine of the two vectors, from -1 to 1. */
  similarity: z.number(),
  /** What it shows: the newest tag of a reader, else what the newest classification calls it; null if neither is. */
  label: z.object({ id: z.string(), by: z.enum(['reader', 'model']) }).nullable(),
})
export type SimilarPicture = z.infer<typeof similarPicture>

export const similarPictures = z.object({
  /** `id@version` of the model whose vectors were compared. */
  model: z.string(),
  /** From where its package says that two pictures show the same; null where it is not installed. */
  sameFrom: z.number().nullable(),
  /** Pictures that have a vector of this model, the one asked about left out. */
  compared: z.number().int(),
  /** Pictures of the same modality that have none; without a modality, of the library. */
  without: z.number().int(),
  /** Of the picture asked about, `PHOTO` for photographs; null for a file that is not in the library. */
  modality: z.string().nullable(),
  /** The most similar first. */
  pictures: z.array(similarPicture),
})
export type SimilarPictures = z.infer<typeof similarPictures>

export const similarityContract = {
  /** The pictures most like an image, by the vectors that were stored when they were scored. */
  nearest: procedure
    .route({ method: 'GET', path: '/similarity/images/{imageId}' })
    .input(z.object({ imageId: z.number().int(), top: z.number().int().min(1).max(200).default(24) }))
    .output(similarPictures),
}
