import { z } from 'zod'
import { MAX_FRAMES, MAX_HEADER_TEXT } from '#main/imaging/limits'
import { shape } from '#shared/domain/annotation/shape'
import { augmentationRecipe } from '#shared/domain/data-set/augmentation'
import {
  deidentifyOptions,
  fileKeys,
  fileReport,
  pixelBox,
  previewLine,
} from '#shared/domain/deidentification'
import { fault } from '#shared/domain/fault'
import { frameInfo, instanceHeader, type SampleArray } from '#shared/domain/image'
import { imageTraits } from '#shared/domain/image-traits'
import { inspection } from '#shared/domain/inspection'
import { weights } from '#shared/domain/model-manifest/files'
import { ensembleRule, modelManifest } from '#shared/domain/model-manifest/index'
import { provider, providerTrial } from '#shared/domain/provider'
import { bytes, explanation, imageResult, scoredImage } from './image-records'

const place = z.number().int().min(0)
const frameSource = z.object({ path: z.string(), frame: place })
const modelSource = z.object({
  folder: z.string(),
  manifest: modelManifest,
  precision: weights.shape.precision,
})

const scoreRequest = z.object({
  kind: z.literal('score'),
  model: modelSource,
  provider,
  threshold: z.number(),
  flips: z.boolean(),
  stack: z.array(frameSource),
  wanted: z.array(place),
  /** Places that ended the engine before: never opened again. */
  excluded: z.array(place),
})
export type ScoreRequest = z.infer<typeof scoreRequest>

const answersRequest = z.object({ kind: z.literal('answers'), model: modelSource, provider })
const trialRequest = z.object({ kind: z.literal('trial'), model: modelSource, provider })

const explainRequest = z.object({
  kind: z.literal('explain'),
  model: modelSource,
  provider,
  source: frameSource,
  label: z.string(),
})
export type ExplainRequest = z.infer<typeof explainRequest>

/** The answers of an ensemble's members for one image. */
const mergeRequest = z.object({
  kind: z.literal('merge'),
  results: z.array(scoredImage).min(1),
  rule: ensembleRule,
  rules: modelManifest
    .pick({ labels: true, groups: true, operatingPoint: true, outputs: true })
    .extend({ threshold: z.number() }),
})
export type MergeRequest = z.infer<typeof mergeRequest>

const deidentifyRequest = z.object({
  kind: z.literal('deidentify'),
  task: z.object({
    path: z.string(),
    target: z.string(),
    options: deidentifyOptions,
    secret: z.string(),
    boxes: z.array(pixelBox).nullable(),
  }),
})
const deidentifyPreviewRequest = z.object({
  kind: z.literal('deidentify-preview'),
  path: z.string(),
  options: deidentifyOptions,
  secret: z.string(),
})

const variation = z.object({ recipe: augmentationRecipe, key: z.string() })
const pictureRequest = z.object({
  kind: z.literal('picture'),
  task: z.object({
    source: frameSource,
    target: z.string(),
    variation: variation.nullable(),
    format: z.enum(['png', 'jpeg']),
    channels: z.literal(3).nullable(),
  }),
})
const variantShapesRequest = z.object({
  kind: z.literal('variant-shapes'),
  task: z.object({
    shapes: z.array(shape),
    variation,
    rows: z.number().int().positive(),
    columns: z.number().int().positive(),
  }),
})

const labelImagesRequest = z.object({
  kind: z.literal('label-images'),
  task: z.object({
    rows: z.number().int().positive(),
    columns: z.number().int().positive(),
    regions: z.array(z.object({ shape, number: z.number().int().min(1).max(65_535) })),
    classes: z.object({ path: z.string(), wide: z.boolean() }).nullable(),
    instances: z.string().nullable(),
  }),
})

const engineRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('headers'), paths: z.array(z.object({ item: place, path: z.string() })) }),
  z.object({ kind: z.literal('frame'), source: frameSource }),
  z.object({ kind: z.literal('thumbnail'), source: frameSource, size: z.number().int().positive() }),
  pictureRequest,
  z.object({ kind: z.literal('variant'), source: frameSource, variation }),
  variantShapesRequest,
  labelImagesRequest,
  z.object({ kind: z.literal('inspect'), path: z.string() }),
  z.object({ kind: z.literal('traits'), source: frameSource }),
  scoreRequest,
  z.object({ kind: z.literal('providers') }),
  answersRequest,
  trialRequest,
  explainRequest,
  mergeRequest,
  deidentifyRequest,
  deidentifyPreviewRequest,
  z.object({ kind: z.literal('burned-in'), path: z.string() }),
])
export type EngineRequest = z.infer<typeof engineRequest>

/** What the host says to the engine process. */
export const toEngine = z.discriminatedUnion('type', [
  /** `alone`: one unit of work at a time, so that whatever ends the process is known. */
  z.object({ type: z.literal('request'), id: place, alone: z.boolean(), request: engineRequest }),
  z.object({ type: z.literal('cancel'), id: place }),
  /** Finish what is under way, start nothing more, and say so. */
  z.object({ type: z.literal('drain') }),
])
export type ToEngine = z.infer<typeof toEngine>

const wholeHeader = instanceHeader.refine(
  ({ instance: { rows, columns, frames }, geometry }) =>
    Math.min(rows, columns, frames) > 0 && frames <= MAX_FRAMES && geometry.length <= frames,
  'frames with a size, and no more places than frames',
)

const headerResult = z.union([
  z.object({
    path: z.string(),
    header: wholeHeader,
    sizeBytes: z.number(),
    modifiedMs: z.number(),
    sha256: z.string().nullable(),
    disguise: z.string().nullable(),
  }),
  z.object({ path: z.string(), fault, references: z.array(z.array(z.string())).optional() }),
])

/**
 * A header travels as JSON: it is many small values, and a text costs a fraction of cloning them from the worker
 * thread to the process and once more to the host.
 */
const headerText = z
  .string()
  .max(MAX_HEADER_TEXT)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue('no JSON')
      return z.NEVER
    }
  })
  .pipe(headerResult)

const arrays = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
}

const frame = frameInfo
  .extend({ data: z.custom<SampleArray>((value) => ArrayBuffer.isView(value)) })
  .refine(({ type, data }) => data instanceof arrays[type], 'samples of the stated type')
  .refine(
    (f) => Math.min(f.rows, f.columns) > 0 && f.data.length === f.rows * f.columns * f.samples,
    'rows x columns x samples values',
  )

const namedTensor = z.object({
  name: z.string(),
  shape: z.array(z.number().int().min(0)),
  type: z.enum(['float32', 'uint8', 'int64']),
  bytes,
})

const availability = z.object({ provider, available: z.boolean(), fault: fault.nullable() })

/** The answer of a request that has only one. */
const answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('deidentify'), name: z.string(), report: fileReport, keys: fileKeys }),
  z.object({ kind: z.literal('deidentify-preview'), lines: z.array(previewLine) }),
  z.object({ kind: z.literal('burned-in'), likely: z.boolean(), boxes: z.array(pixelBox) }),
  z.object({ kind: z.literal('frame'), frame }),
  z.object({ kind: z.literal('thumbnail'), type: z.string(), bytes }),
  z.object({ kind: z.literal('picture') }),
  z.object({ kind: z.literal('variant'), frame }),
  z.object({ kind: z.literal('label-images'), ends: z.array(z.enum(['drawn', 'covers', 'empty'])) }),
  z.object({ kind: z.literal('variant-shapes'), shapes: z.array(shape.nullable()) }),
  z.object({ kind: z.literal('inspect'), inspection }),
  z.object({ kind: z.literal('traits'), traits: imageTraits }),
  z.object({ kind: z.literal('providers'), providers: z.array(availability) }),
  z.object({ kind: z.literal('trial'), trial: providerTrial }),
  z.object({ kind: z.literal('answers'), tensors: z.array(namedTensor) }),
  z.object({ kind: z.literal('explain'), explanation }),
  z.object({ kind: z.literal('merge'), result: scoredImage }),
])
export type Answer = z.infer<typeof answer>

/** What the engine process says to its host; it handles hostile files, so every message is checked. */
export const fromEngine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), onnxruntime: z.string().nullable() }),
  z.object({ type: z.literal('memory'), bytes: z.number() }),
  /** Work on these items of a request begins; empty for work that belongs to the request as a whole. */
  z.object({ type: z.literal('begin'), id: place, unit: place, items: z.array(place) }),
  z.object({ type: z.literal('end'), unit: place }),
  z.object({
    type: z.literal('headers'),
    id: place,
    results: z.array(z.object({ item: place, result: headerText })),
  }),
  z.object({ type: z.literal('images'), id: place, results: z.array(imageResult) }),
  z.object({ type: z.literal('answer'), id: place, answer }),
  z.object({ type: z.literal('done'), id: place }),
  z.object({ type: z.literal('drained') }),
  z.object({ type: z.literal('failed'), id: place, fault }),
])
export type FromEngine = z.infer<typeof fromEngine>
/** The same as the engine process writes it. */
export type Said = z.input<typeof fromEngine>

/** Messages travel in bundles: everything said in one turn of the event loop together. */
export const bundleFromEngine = z.array(fromEngine)
