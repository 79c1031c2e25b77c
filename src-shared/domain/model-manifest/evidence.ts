import { z } from 'zod'

/**
 * A measured figure; `interval` at `level` (0.95), `n` units of `set`. One whose name ends in `-flips` was measured with
 * flip test-time augmentation, and `gainInterval` is that of its difference from the figure without.
 */
export const metric = z.strictObject({
  name: z.string(),
  value: z.number(),
  interval: z.tuple([z.number(), z.number()]).optional(),
  gainInterval: z.tuple([z.number(), z.number()]).optional(),
  level: z.number().optional(),
  n: z.number().int().optional(),
  unit: z.string().optional(),
  set: z.string().optional(),
})

/** Stated confidence against what came true, and the expected calibration error. */
export const reliability = z.strictObject({
  bins: z.array(z.strictObject({ confidence: z.number(), accuracy: z.number(), count: z.number() })),
  ece: z.number(),
})

/** What each threshold would give: the standard name of a figure and its value (dice, sensitivity, precision, recall …). */
export const thresholdPoint = z.strictObject({ threshold: z.number() }).catchall(z.number())
