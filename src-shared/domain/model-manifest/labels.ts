import { z } from 'zod'
import { bilingual } from './text'

/** A coded term: SCT for SNOMED CT, GTIN for articles. */
const code = z.strictObject({ scheme: z.string(), value: z.string(), meaning: z.string() })

export const label = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  /** Value in exported label images, different for each label; 0 is the background. */
  index: z.number().int().positive().max(65_535),
  name: bilingual,
  colour: z.string().regex(/^#[0-9a-f]{6}$/i),
  code: code.optional(),
  /** The group it belongs to; a group's probability is the sum of its labels'. */
  group: z.string().optional(),
})
export type ModelLabel = z.infer<typeof label>

/** A coarser label over several fine ones. */
export const labelGroup = z.strictObject({ id: z.string(), name: bilingual })
