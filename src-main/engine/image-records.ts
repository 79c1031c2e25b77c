import { z } from 'zod'
import { fault } from '#shared/domain/fault'
import { box, rle } from '#shared/domain/finding'
import { mapInfo } from '#shared/domain/probability-map'

/** What the engine says of images, as it crosses the border between the processes. */

/** Bounds that no honest answer meets. */
const most = { findings: 100_000, labels: 10_000, dimensions: 2 ** 16, pixels: 2 ** 28 }

/** What DEFLATE adds at most to what it cannot make smaller, for planes of this size. */
const DEFLATE_OVERHEAD = 2 ** 16

/** A mask whose runs make up its picture. */
const wholeRle = rle.refine(
  ({ rows, columns, runs }) =>
    rows > 0 &&
    columns > 0 &&
    rows * columns <= most.pixels &&
    runs.every((run) => run >= 0) &&
    runs.reduce((sum, run) => sum + run, 0) === rows * columns,
  'runs that add up to rows x columns',
)

/** Whether the crop of a map lies on its grid, and its bytes, as they are or deflated, can be its planes. */
const wholeMap = <T extends { info: z.infer<typeof mapInfo>; bytes: Uint8Array }>({ info, bytes }: T) => {
  const [x, y, width, height] = info.crop
  const within =
    Math.min(x, y, width, height) >= 0 && x + width <= info.mapColumns && y + height <= info.mapRows
  const planes = width * height * info.labels.length
  return within && planes <= most.pixels && bytes.length <= planes + DEFLATE_OVERHEAD
}

export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

const finding = z.object({
  label: z.string(),
  score: z.number(),
  meanProbability: z.number(),
  box: box.nullable(),
  areaPx: z.number().nullable(),
  areaMm2: z.number().nullable(),
  mask: wholeRle.nullable(),
})

const classResult = z.object({
  output: z.string(),
  probabilities: z.array(z.object({ label: z.string(), probability: z.number() })).max(most.labels),
  groups: z.array(z.object({ group: z.string(), probability: z.number() })).max(most.labels),
  called: z.array(z.string()),
})

export const scoredImage = z.object({
  index: z.number().int().min(0),
  status: z.literal('scored'),
  sha256: z.string(),
  findings: z.array(finding).max(most.findings),
  classes: z.array(classResult).max(most.labels),
  embedding: z
    .custom<Float32Array>((value) => value instanceof Float32Array && value.length <= most.dimensions)
    .nullable(),
  map: z.object({ info: mapInfo, bytes }).refine(wholeMap, 'planes that fit their crop').nullable(),
  milliseconds: z.number(),
})

export const imageResult = z.discriminatedUnion('status', [
  scoredImage,
  z.object({ index: z.number().int().min(0), status: z.literal('failed'), fault }),
])

export const explanation = z
  .object({ method: z.enum(['activation', 'occlusion']), info: mapInfo, bytes })
  .refine(wholeMap, 'planes that fit their crop')
