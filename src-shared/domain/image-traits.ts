import { z } from 'zod'

/** Figures of the pixels of an image, by which duplicates and bad pictures are found. */
export const imageTraits = z.object({
  /** SHA-256 of the decoded samples with their type and size. */
  pixels: z.string(),
  /** 256 bits: whether each of 16 x 16 cells is darker than its right neighbour. */
  likeness: z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === 32),
  /** Mean and standard deviation of the picture as it is shown, 0 to 255. */
  brightness: z.number(),
  contrast: z.number(),
  /** Variance of the Laplacian at a longest side of 512 pixels at most. */
  sharpness: z.number(),
  /** Shares of pixels at the two ends of the grey scale. */
  dark: z.number(),
  bright: z.number(),
})
export type ImageTraits = z.infer<typeof imageTraits>
