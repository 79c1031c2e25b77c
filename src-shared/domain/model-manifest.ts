import { z } from 'zod'
import { photometric } from './image'

/** A text in the languages of the app. */
export const bilingual = z.object({ en: z.string(), zh: z.string() })
export type Bilingual = z.infer<typeof bilingual>

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A path inside the package: forward slashes, no `..`, not absolute. */
const packagePath = z.string().regex(/^(?!.*(^|\/)\.\.(\/|$))(?!\/)[\w.\-/]+$/)

const tensorSample = z.object({
  name: z.string(),
  file: packagePath,
  shape: z.array(z.number().int().positive()),
  type: z.literal('float32'),
})

const sizePolicy = z.discriminatedUnion('policy', [
  z.object({
    policy: z.literal('spacing'),
    /** Pixel spacing of the network's input. */
    millimetres: z.number().positive(),
    /** Rows and columns are padded at the right and bottom to a multiple of this. */
    multiple: z.number().int().positive(),
    /** Longest side in pixels; a larger image is scaled down to it. */
    maxSide: z.number().int().positive(),
    /** Longest side where the image does not tell its spacing. */
    unknownSpacingLongestSide: z.number().int().positive(),
  }),
  z.object({
    policy: z.literal('resize'),
    rows: z.number().int().positive(),
    columns: z.number().int().positive(),
  }),
  z.object({
    policy: z.literal('letterbox'),
    rows: z.number().int().positive(),
    columns: z.number().int().positive(),
    /** Value from 0 to 1 of the border, before mean and standard deviation. */
    fill: z.number().min(0).max(1),
  }),
])

const channelPolicy = z.discriminatedUnion('kind', [
  /** Slices at these offsets in stack order; the edge slices are replicated. */
  z.object({ kind: z.literal('neighbours'), offsets: z.array(z.number().int()).min(1) }),
  z.object({ kind: z.literal('rgb') }),
  /** One channel; colour is turned to luma. */
  z.object({ kind: z.literal('grey') }),
])

const intensityPolicy = z.discriminatedUnion('kind', [
  /** clip((v - lo) / (hi - lo), 0, 1), then (x - mean) / std. Percentiles of `sampleSlices` evenly spaced slices. */
  z.object({
    kind: z.literal('percentile'),
    scope: z.enum(['series', 'image']),
    low: z.number().min(0).max(100),
    high: z.number().min(0).max(100),
    sampleSlices: z.number().int().positive(),
    mean: z.array(z.number()),
    std: z.array(z.number().positive()),
  }),
  /** v / divisor, then (x - mean) / std, for 8-bit colour. */
  z.object({
    kind: z.literal('scale'),
    divisor: z.number().positive(),
    mean: z.array(z.number()),
    std: z.array(z.number().positive()),
  }),
])

/** How one output tensor becomes findings. */
const outputDecoding = z.discriminatedUnion('decode', [
  /** Logits [N, labels, H, W]; an independent probability for each label. */
  z.object({ name: z.string(), decode: z.literal('sigmoid-mask'), labels: z.array(z.string()).min(1) }),
])

export const task = z.enum(['segmentation'])

const metric = z.object({
  name: z.string(),
  value: z.number(),
  interval: z.tuple([z.number(), z.number()]).optional(),
  level: z.number().optional(),
  n: z.number().int().optional(),
  unit: z.string().optional(),
  set: z.string().optional(),
})

/** A model package's manifest.json, format version 1. A model is data: adding one needs no code. */
export const modelManifest = z.object({
  format: z.literal('lepton-model'),
  formatVersion: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,62}$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  name: bilingual,
  summary: bilingual,
  task,
  fits: z.object({
    domain: z.enum(['medical', 'retail']),
    modalities: z.array(z.string()),
    photometric: z.array(photometric),
    colour: z.enum(['grey', 'colour', 'any']),
    /** Empty: any body part. */
    bodyParts: z.array(z.string()),
  }),
  input: z.object({
    name: z.string(),
    layout: z.literal('NCHW'),
    type: z.literal('float32'),
    channels: channelPolicy,
    size: sizePolicy,
    intensity: intensityPolicy,
  }),
  outputs: z.array(outputDecoding).min(1),
  labels: z
    .array(
      z.object({
        id: z.string(),
        /** Value in exported label images; 0 is the background. */
        index: z.number().int().positive().max(255),
        name: bilingual,
        colour: z.string().regex(/^#[0-9a-f]{6}$/i),
        code: z.object({ scheme: z.string(), value: z.string(), meaning: z.string() }).optional(),
      }),
    )
    .min(1),
  operatingPoint: z.object({ threshold: z.number().min(0).max(1), chosen: z.string() }),
  postprocess: z.object({ minVolumeMm3: z.number().min(0), connectivity: z.literal(26) }),
  files: z.record(packagePath, sha256),
  golden: z.object({
    inputs: z.array(tensorSample).min(1),
    outputs: z.array(tensorSample).min(1),
    tolerance: z.object({ absolute: z.number().positive(), relative: z.number().min(0) }),
  }),
  licence: z.string(),
  attribution: z.string(),
  trainingData: z.string(),
  intendedUse: bilingual,
  limits: z.object({ en: z.array(z.string()), zh: z.array(z.string()) }),
  metrics: z.array(metric),
  reliability: z
    .object({
      bins: z.array(z.object({ confidence: z.number(), accuracy: z.number(), count: z.number() })),
      ece: z.number(),
    })
    .optional(),
  thresholds: z
    .array(
      z.object({
        threshold: z.number(),
        dice: z.number(),
        sensitivity: z.number(),
        falseLesions: z.number(),
      }),
    )
    .optional(),
})
export type ModelManifest = z.infer<typeof modelManifest>

/** `id@version`, the way a model is named on screens, in results and on the command line. */
export function modelName(model: { id: string; version: string }): string {
  return `${model.id}@${model.version}`
}
