import { z } from 'zod'

const side = z.number().int().positive().max(8192)

/**
 * How pixels are interpolated (half-pixel centres, clamped edges): `bilinear` between the four nearest, or
 * `antialias`, a triangle filter widened by the scale when shrinking.
 */
const filter = z.enum(['bilinear', 'antialias']).default('bilinear')

/** How an image of any size comes onto the network's grid; boxes and masks are carried back the same way. */
const sizePolicy = z.discriminatedUnion('policy', [
  z.strictObject({
    policy: z.literal('spacing'),
    /** Pixel spacing of the network's input. */
    millimetres: z.number().positive(),
    /** Rows and columns are padded at the right and bottom to a multiple of this. */
    multiple: z.number().int().positive(),
    /** Longest side in pixels; a larger image is scaled down to it. */
    maxSide: side,
    /** Longest side where the image does not tell its spacing. */
    unknownSpacingLongestSide: side,
    filter,
  }),
  /** Stretched to the grid, proportions not kept. */
  z.strictObject({ policy: z.literal('resize'), rows: side, columns: side, filter }),
  /** Scaled to fit, the rest filled: half of it on either side (the odd pixel right or below), or all right and below. */
  z.strictObject({
    policy: z.literal('letterbox'),
    rows: side,
    columns: side,
    /** Value from 0 to 1 of the border, before mean and standard deviation. */
    fill: z.number().min(0).max(1),
    align: z.enum(['centre', 'top-left']).default('centre'),
    filter,
  }),
  /** The shorter side is scaled to `shortSide`, then the middle is cut out. */
  z.strictObject({ policy: z.literal('centre-crop'), rows: side, columns: side, shortSide: side, filter }),
  /** Tiles of this size slide over the image at its own resolution, sharing at least `overlap` pixels. */
  z.strictObject({
    policy: z.literal('tiles'),
    rows: side,
    columns: side,
    overlap: z.number().int().min(0),
    /** Value from 0 to 1 where the image is smaller than a tile. */
    fill: z.number().min(0).max(1),
  }),
])
export type SizePolicy = z.infer<typeof sizePolicy>

const channelPolicy = z.discriminatedUnion('kind', [
  /** Slices at these offsets in stack order; the edge slices are replicated. */
  z.strictObject({ kind: z.literal('neighbours'), offsets: z.array(z.number().int()).min(1) }),
  z.strictObject({ kind: z.literal('rgb') }),
  z.strictObject({ kind: z.literal('bgr') }),
  /** `count` equal channels; colour is turned to luma (ITU-R BT.601). */
  z.strictObject({ kind: z.literal('grey'), count: z.number().int().min(1).max(4).default(1) }),
])

/** One number for all channels or one for each. */
const mean = z.array(z.number()).min(1)
const std = z.array(z.number().positive()).min(1)

/** How pixel values come into the network's range; MONOCHROME1 is turned over first. Then (x - mean) / std. */
const intensityPolicy = z.discriminatedUnion('kind', [
  /** clip((v - lo) / (hi - lo), 0, 1) with percentiles of the image or of `sampleSlices` evenly spaced slices. */
  z.strictObject({
    kind: z.literal('percentile'),
    scope: z.enum(['series', 'image']),
    low: z.number().min(0).max(100),
    high: z.number().min(0).max(100),
    sampleSlices: z.number().int().positive(),
    mean,
    std,
  }),
  /** clip((v - (centre - width / 2)) / width, 0, 1) of modality values (HU in CT). */
  z.strictObject({
    kind: z.literal('window'),
    centre: z.number(),
    width: z.number().positive(),
    mean,
    std,
  }),
  /** (v - m) / s with mean and standard deviation of the image, or of `sampleSlices` evenly spaced slices. */
  z.strictObject({
    kind: z.literal('z-score'),
    scope: z.enum(['series', 'image']),
    sampleSlices: z.number().int().positive(),
  }),
  /** v / divisor; 8-bit colour has v from 0 to 255. */
  z.strictObject({ kind: z.literal('scale'), divisor: z.number().positive(), mean, std }),
])

/** Clicks as a second input of a promptable network, [1, 3, H, W]. */
const prompt = z.strictObject({
  name: z.string(),
  /** Radius of a click's disc in pixels of the input. */
  radius: z.number().positive(),
  /** Order of the planes: discs of positive and negative clicks, and the probability of the mask before. */
  planes: z.tuple([z.literal('positive'), z.literal('negative'), z.literal('previous')]),
})

export const networkInput = z.strictObject({
  name: z.string(),
  layout: z.enum(['NCHW', 'NHWC']),
  type: z.enum(['float32', 'float16', 'uint8']),
  channels: channelPolicy,
  size: sizePolicy,
  intensity: intensityPolicy,
  prompt: prompt.optional(),
})
export type NetworkInput = z.infer<typeof networkInput>
