import { z } from 'zod'
import { sha256 } from './text'

/** What was left out together when a classifier was judged: all of a patient or store, of a study, or one picture. */
export const judgedBy = z.enum(['subject', 'study', 'picture'])
export type JudgedBy = z.infer<typeof judgedBy>

/** Of a classifier that was taught in the app: from which frozen data, and on top of which model. */
export const taught = z.strictObject({
  /** `<data set>-v<number>`. */
  dataSet: z.string(),
  /** Of the version, over its images and annotations. */
  hash: sha256,
  /** `id@version` of the model whose vectors it tells apart. */
  base: z.string(),
  judgedBy,
})
