import { z } from 'zod'

const share = z.number().min(0).max(1)
const span = (least: number, most: number) =>
  z.tuple([z.number().min(least).max(most), z.number().min(least).max(most)])

/** How pictures are varied for training; what is left out is not done. Saved as JSON, so that it can be used again. */
export const augmentationRecipe = z.object({
  format: z.literal('lepton-augmentation'),
  formatVersion: z.literal(1),
  /** Variants of each picture, besides the picture itself. */
  copies: z.number().int().min(1).max(20),
  seed: z.number().int().min(0).default(1),
  /** Probabilities of the two mirror images. */
  flip: z.object({ horizontal: share.default(0), vertical: share.default(0) }).optional(),
  /** Degrees to either side. */
  rotate: z.number().min(0).max(180).optional(),
  /** Least and greatest factor. */
  scale: span(0.25, 4).optional(),
  /** Greatest displacement as a share of the shorter side. */
  elastic: z.number().min(0).max(0.05).optional(),
  /** Standard deviation as a share of the range of grey values. */
  noise: z.number().min(0).max(0.5).optional(),
  /** Greatest standard deviation of a Gaussian, in pixels. */
  blur: z.number().min(0).max(10).optional(),
  gamma: span(0.25, 4).optional(),
  contrast: span(0.25, 4).optional(),
  /** Rectangles put out, each of this share of the sides. */
  cutout: z
    .object({ count: z.number().int().min(1).max(20), side: z.number().min(0.01).max(0.5) })
    .optional(),
  /** Greatest logarithm of the factor of a smooth field over the picture, as a coil's sensitivity makes it (MR). */
  bias: z.number().min(0).max(1.5).optional(),
})
export type AugmentationRecipe = z.infer<typeof augmentationRecipe>
