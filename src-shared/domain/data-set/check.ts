import { z } from 'zod'

export const checkKinds = [
  'same-pixels',
  'near-duplicate',
  'blank',
  'blurred',
  'clipped',
  'unlabelled',
  'tiny-shape',
  'outside-shape',
  'odd-orientation',
  'odd-spacing',
  'label-doubt',
  'unreadable',
] as const
export const checkKind = z.enum(checkKinds)
export type CheckKind = z.infer<typeof checkKind>

/** Something about a picture of a data set that a person should look at. */
export const checkFinding = z.object({
  id: z.number().int(),
  kind: checkKind,
  imageId: z.number().int(),
  studyId: z.number().int(),
  seriesId: z.number().int(),
  ordinal: z.number().int(),
  name: z.string(),
  /** The picture it is like, of duplicates. */
  otherImageId: z.number().int().nullable(),
  annotationId: z.string().nullable(),
  /** What it rests on; its meaning depends on the kind. */
  value: z.number().nullable(),
  /** Of the vectors of near duplicates; `value` is the share of bits of their hashes. Null where they did not tell. */
  cosine: z.number().nullable(),
  detail: z.string(),
  standing: z.enum(['open', 'dismissed', 'excluded']),
})
export type CheckFinding = z.infer<typeof checkFinding>
