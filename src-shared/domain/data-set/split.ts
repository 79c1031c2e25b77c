import { z } from 'zod'
import { comparison } from './comparison'

export const partName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/u, 'lower-case letters, digits, dashes')

/** How a version is divided. */
export const splitRecipe = z.object({
  /** Parts with their shares, or so many folds of equal size (`fold-1` …). */
  parts: z.union([
    z
      .array(z.object({ name: partName, share: z.number().positive() }))
      .min(2)
      .max(20),
    z.object({ folds: z.number().int().min(2).max(20) }),
  ]),
  /** What is never torn apart. `subject`: a patient or a store. */
  group: z.enum(['subject', 'study', 'none']).default('subject'),
  /** Pictures of the same pixels, and all but the same, stay together as well. */
  keepDuplicates: z.boolean().default(true),
  /** Every part has the labels in equal measure. */
  stratify: z.boolean().default(true),
  seed: z.number().int().min(0).default(1),
})
export type SplitRecipe = z.infer<typeof splitRecipe>

const place = z.object({ imageId: z.number().int(), part: z.string() })

/** Something that is in two parts at once, so that what is measured on one was learnt from the other. */
export const leak = z.object({
  kind: z.enum(['subject', 'pixels', 'near-duplicate']),
  /** The subject, or the first of the pictures. */
  name: z.string(),
  /** One picture of each part. */
  places: z.array(place).min(2),
  /** Share of 256 bits that are equal, of near duplicates. */
  likeness: z.number().nullable(),
  /** Of their vectors, of near duplicates; splits of before know of none. */
  cosine: z.number().nullable().default(null),
})
export type Leak = z.infer<typeof leak>

export const leakReport = z.object({
  subjects: z.number().int(),
  pixels: z.number().int(),
  nearDuplicates: z.number().int(),
  /** The first of each kind. */
  examples: z.array(leak),
  /** Pictures whose pixels nobody has looked at yet: leaks among them are not known. */
  unmeasured: z.number().int(),
  /** How near duplicates were sought; splits of before: by hash alone. */
  compared: comparison.nullable().default(null),
})
export type LeakReport = z.infer<typeof leakReport>

export const leaksIn = (report: LeakReport) => report.subjects + report.pixels + report.nearDuplicates

export const split = z.object({
  id: z.number().int(),
  versionId: z.number().int(),
  recipe: splitRecipe,
  parts: z.array(
    z.object({
      name: z.string(),
      images: z.number().int(),
      groups: z.number().int(),
      /** Pictures that carry the label. */
      labels: z.array(z.object({ label: z.string(), images: z.number().int() })),
    }),
  ),
  leaks: leakReport,
  acknowledgedAt: z.string().nullable(),
  createdAt: z.string(),
})
export type Split = z.infer<typeof split>
