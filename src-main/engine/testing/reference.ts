import { z } from 'zod'

/** Figures of a tensor, as models/training/common/package.py writes them. */
const tensorSummary = z.object({
  shape: z.array(z.number().int()),
  mean: z.number(),
  std: z.number(),
  pins: z.array(z.object({ at: z.array(z.number().int()), value: z.number() })),
})
export type TensorSummary = z.infer<typeof tensorSummary>

const probabilities = z.record(z.string(), z.number())
const corners = z.tuple([z.number(), z.number(), z.number(), z.number()])
const group = z.object({ id: z.string(), probability: z.number() })
const detections = z.array(z.object({ label: z.string(), score: z.number(), box: corners }))

/** What a recipe's own code makes of one picture; recipes name the picture and its tensor in a few ways. */
const picture = z
  .object({
    file: z.string().optional(),
    picture: z.string().optional(),
    image: z.union([z.string(), tensorSummary]),
    input: tensorSummary.optional(),
    probabilities: probabilities.optional(),
    classes: probabilities.optional(),
    group: group.optional(),
    maskPixels: z.number().int().optional(),
    maskBox: corners.nullish(),
    detections: detections.optional(),
    flips: z
      .object({
        classes: probabilities.default({}),
        group: group.optional(),
        detections: detections.optional(),
      })
      .optional(),
    embedding: z.array(z.number()).optional(),
  })
  .partial({ image: true })
  .transform((entry, context) => {
    const { image } = entry
    const path = entry.file ?? entry.picture ?? (typeof image === 'string' ? image : undefined)
    const tensor = entry.input ?? (typeof image === 'object' ? image : undefined)
    if (path === undefined || !tensor) {
      context.addIssue({ code: 'custom', message: 'a picture and the figures of its tensor' })
      return z.NEVER
    }
    return {
      /** Relative to the public data. */
      path,
      tensor,
      /** Of all labels or the likeliest few. */
      probabilities: entry.probabilities ?? entry.classes ?? {},
      group: entry.group,
      /** At the mask's threshold, before small regions are dropped. */
      maskPixels: entry.maskPixels,
      /** x0, y0, x1, y1 of the marked pixels, both ends included. */
      maskBox: entry.maskBox,
      /** Boxes as x1, y1, x2, y2. */
      detections: entry.detections,
      /** The same of the picture and its mirror image together. */
      flips: entry.flips,
      /** The first values of the vector. */
      embedding: entry.embedding,
    }
  })
export type PictureReference = z.infer<typeof picture>

export const pictureReferences = z.object({ pictures: z.array(picture).min(1) })

/** A series, slice by slice, at the model's threshold and with its small lesions dropped. */
export const seriesReference = z.object({
  series: z.string(),
  slices: z.number().int(),
  inputShape: z.array(z.number().int()),
  middleSlice: z.object({ index: z.number().int(), mean: z.number(), std: z.number() }),
  maskPixels: z.array(z.number().int()),
})
