import { z } from 'zod'

/** [x, y, width, height] in pixels of the stored image; x to the right, y down, from the corner of the first pixel. */
export const box = z.tuple([z.number(), z.number(), z.number(), z.number()])
export type Box = z.infer<typeof box>

/**
 * Run lengths of a binary mask in row-major order, starting with the length of the first run of zeros
 * (0 if the first pixel is set). The runs add up to rows x columns.
 */
export const rle = z.object({
  rows: z.number().int(),
  columns: z.number().int(),
  runs: z.array(z.number().int()),
})
export type Rle = z.infer<typeof rle>

/** What a model says of one image: a box, a labelled region, or the whole image (box = null). */
export const finding = z.object({
  id: z.number().int(),
  imageId: z.number().int(),
  label: z.string(),
  score: z.number(),
  box: box.nullable(),
  areaPx: z.number().nullable(),
  areaMm2: z.number().nullable(),
  mask: rle.nullable(),
  lesionId: z.number().int().nullable(),
})

/** Regions of neighbouring slices linked in 3-D. */
export const lesion = z.object({
  id: z.number().int(),
  /** Number within the series, from 1. */
  ordinal: z.number().int(),
  label: z.string(),
  volumeMm3: z.number().nullable(),
  volumeMl: z.number().nullable(),
  longestAxialDiameterMm: z.number().nullable(),
  /** First and last slice, counted from 1 in stack order. */
  firstSlice: z.number().int(),
  lastSlice: z.number().int(),
  /** The slice with the largest area, counted from 1. */
  keySlice: z.number().int(),
  meanProbability: z.number(),
  maxProbability: z.number(),
})
export type Lesion = z.infer<typeof lesion>

/** What a classifying output says of a whole image, as it is kept and handed over. */
export const classResult = z.object({
  /** Name of the output. */
  output: z.string(),
  /** Every label of the output, in the order of the model. */
  probabilities: z.array(z.object({ label: z.string(), probability: z.number() })).min(1),
  /** Coarser labels: sums over their fine ones. */
  groups: z.array(z.object({ group: z.string(), probability: z.number() })),
  /** Labels called at the operating point; none where the model is not sure enough. */
  called: z.array(z.string()),
})
export type ClassResult = z.infer<typeof classResult>
