import { z } from 'zod'

/** How pictures were looked through for near duplicates: all by a hash, some by vectors of a model as well. */
export const comparison = z.object({
  pictures: z.number().int(),
  /** `id@version`, and the cosines from which two pictures count; null where no such model could be used. */
  vectors: z.object({ model: z.string(), grey: z.number(), colour: z.number() }).nullable(),
  /** Pictures that had no vector: those like them were sought by hash alone. */
  byHashAlone: z.number().int(),
})
export type Comparison = z.infer<typeof comparison>
