import { z } from 'zod'
import { fault } from '#shared/domain/fault'
import { box, rle } from '#shared/domain/finding'
import { frameInfo, instanceHeader, type SampleArray } from '#shared/domain/image'
import { weights } from '#shared/domain/model-manifest/files'
import { networkManifest } from '#shared/domain/model-manifest/index'
import { mapInfo } from '#shared/domain/probability-map'
import { provider, providerTrial } from '#shared/domain/provider'

const place = z.number().int().min(0)
const frameSource = z.object({ path: z.string(), frame: place })
const modelSource = z.object({
  folder: z.string(),
  manifest: networkManifest,
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

const engineRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('headers'), paths: z.array(z.object({ item: place, path: z.string() })) }),
  z.object({ kind: z.literal('frame'), source: frameSource }),
  z.object({ kind: z.literal('thumbnail'), source: frameSource, size: z.number().int().positive() }),
  scoreRequest,
  z.object({ kind: z.literal('providers') }),
  answersRequest,
  trialRequest,
  explainRequest,
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

const headerResult = z.union([
  z.object({
    path: z.string(),
    header: instanceHeader,
    sizeBytes: z.number(),
    modifiedMs: z.number(),
    sha256: z.string().nullable(),
  }),
  z.object({ path: z.string(), fault }),
])

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

const finding = z.object({
  label: z.string(),
  score: z.number(),
  meanProbability: z.number(),
  box: box.nullable(),
  areaPx: z.number().nullable(),
  areaMm2: z.number().nullable(),
  mask: rle.nullable(),
})

const classResult = z.object({
  output: z.string(),
  probabilities: z.array(z.object({ label: z.string(), probability: z.number() })),
  groups: z.array(z.object({ group: z.string(), probability: z.number() })),
  called: z.array(z.string()),
})

const imageResult = z.discriminatedUnion('status', [
  z.object({
    index: place,
    status: z.literal('scored'),
    sha256: z.string(),
    findings: z.array(finding),
    classes: z.array(classResult),
    embedding: z.custom<Float32Array>((value) => value instanceof Float32Array).nullable(),
    map: z.object({ info: mapInfo, bytes }).nullable(),
    milliseconds: z.number(),
  }),
  z.object({ index: place, status: z.literal('failed'), fault }),
])

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
  .refine((f) => f.data.length === f.rows * f.columns * f.samples, 'rows x columns x samples values')

const namedTensor = z.object({
  name: z.string(),
  shape: z.array(z.number().int().min(0)),
  type: z.enum(['float32', 'uint8', 'int64']),
  bytes,
})

const availability = z.object({ provider, available: z.boolean(), fault: fault.nullable() })

const explanation = z.object({ method: z.enum(['activation', 'occlusion']), info: mapInfo, bytes })

/** The answer of a request that has only one. */
const answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('frame'), frame }),
  z.object({ kind: z.literal('thumbnail'), type: z.string(), bytes }),
  z.object({ kind: z.literal('providers'), providers: z.array(availability) }),
  z.object({ kind: z.literal('trial'), trial: providerTrial }),
  z.object({ kind: z.literal('answers'), tensors: z.array(namedTensor) }),
  z.object({ kind: z.literal('explain'), explanation }),
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
    results: z.array(z.object({ item: place, result: headerResult })),
  }),
  z.object({ type: z.literal('images'), id: place, results: z.array(imageResult) }),
  z.object({ type: z.literal('answer'), id: place, answer }),
  z.object({ type: z.literal('done'), id: place }),
  z.object({ type: z.literal('drained') }),
  z.object({ type: z.literal('failed'), id: place, fault }),
])
export type FromEngine = z.infer<typeof fromEngine>

/** Messages travel in bundles: everything said in one turn of the event loop together. */
export const bundleFromEngine = z.array(fromEngine)
