import { z } from 'zod'
import { fault } from '#shared/domain/fault'
import { box, rle } from '#shared/domain/finding'
import { mapInfo } from '#shared/domain/probability-map'

/** What the engine says of images, as it crosses the border between the processes. */

export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

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

export const scoredImage = z.object({
  index: z.number().int().min(0),
  status: z.literal('scored'),
  sha256: z.string(),
  findings: z.array(finding),
  classes: z.array(classResult),
  embedding: z.custom<Float32Array>((value) => value instanceof Float32Array).nullable(),
  map: z.object({ info: mapInfo, bytes }).nullable(),
  milliseconds: z.number(),
})

export const imageResult = z.discriminatedUnion('status', [
  scoredImage,
  z.object({ index: z.number().int().min(0), status: z.literal('failed'), fault }),
])

export const explanation = z.object({ method: z.enum(['activation', 'occlusion']), info: mapInfo, bytes })
