import { z } from 'zod'
import { box, rle } from '../domain/finding'
import { precision } from '../domain/model-manifest/files'
import { modelManifest, task } from '../domain/model-manifest/index'
import { procedure } from './base'

/** An input or output of a graph; a side without a fixed size is a name or null. */
export const graphTensor = z.object({
  name: z.string(),
  /** As ONNX calls it: float, float16, uint8, int64 … */
  type: z.string(),
  /** Null where the graph states no shape. */
  shape: z.array(z.union([z.number().int(), z.string(), z.null()])).nullable(),
})
export type GraphTensor = z.infer<typeof graphTensor>

/** What an ONNX file says of itself. */
export const onnxFacts = z.object({
  sizeBytes: z.number(),
  sha256: z.string(),
  producer: z.string(),
  irVersion: z.number().int(),
  /** Operator sets by domain; the standard one is `ai.onnx`. */
  opsets: z.array(z.object({ domain: z.string(), version: z.number().int() })),
  nodes: z.number().int(),
  parameters: z.number(),
  precision,
  inputs: z.array(graphTensor),
  outputs: z.array(graphTensor),
})
export type OnnxFacts = z.infer<typeof onnxFacts>

/** A manifest before its files: what the wizard's person decides. */
export const draftManifest = modelManifest
  .omit({
    format: true,
    formatVersion: true,
    files: true,
    weights: true,
    golden: true,
  })
  // a whole manifest may be pasted as text: what the wizard writes itself is passed over
  .strip()
export type DraftManifest = z.infer<typeof draftManifest>

/** What the file does not say and the proposal had to guess; a person should look at it. */
export const guess = z.enum([
  'task',
  'decoding',
  'labels',
  'background',
  'activation',
  'box-format',
  'intensity',
  'channel-order',
  'free-size',
  'domain',
])
export type Guess = z.infer<typeof guess>

/** An ONNX file on this computer, or one uploaded (`routes.upload`) and not finished. */
const onnxSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('path'), path: z.string().min(1) }),
  z.object({ kind: z.literal('upload'), batch: z.string().regex(/^[\w-]{1,64}$/) }),
])
export type OnnxSource = z.infer<typeof onnxSource>

/** Names a draft until it is written or discarded; drafts older than a day are gone. */
const draft = z.string().regex(/^[\w-]{8,64}$/)

/** What a draft finds in a picture; the picture itself is the library's (`routes.frame`). */
export const draftPreview = z.object({
  rows: z.number().int(),
  columns: z.number().int(),
  findings: z.array(
    z.object({
      label: z.string(),
      score: z.number(),
      meanProbability: z.number(),
      box: box.nullable(),
      areaPx: z.number().nullable(),
      mask: rle.nullable(),
    }),
  ),
  classes: z.array(
    z.object({
      output: z.string(),
      probabilities: z.array(z.object({ label: z.string(), probability: z.number() })),
      groups: z.array(z.object({ group: z.string(), probability: z.number() })),
      called: z.array(z.string()),
    }),
  ),
  /** The first numbers of an embedding and how many there are. */
  embedding: z.object({ dimensions: z.number().int(), first: z.array(z.number()) }).nullable(),
  milliseconds: z.number(),
})
export type DraftPreview = z.infer<typeof draftPreview>

/** The way from an ONNX file to a package of its own, without code. */
export const wizardContract = {
  /** Copies the file aside and reads its graph, nothing is run. */
  inspect: procedure
    .route({ method: 'POST', path: '/model-drafts' })
    .input(z.object({ source: onnxSource }))
    .output(z.object({ draft, name: z.string(), onnx: onnxFacts })),
  /** A manifest from shapes and names, complete but for what `guesses` names. */
  propose: procedure
    .route({ method: 'POST', path: '/model-drafts/{draft}/proposal' })
    .input(z.object({ draft, task: task.optional() }))
    .output(z.object({ manifest: draftManifest, guesses: z.array(guess) })),
  /** Runs a draft on one image of the library, on the processor. */
  preview: procedure
    .route({ method: 'POST', path: '/model-drafts/{draft}/preview' })
    .input(z.object({ draft, manifest: draftManifest, imageId: z.number().int() }))
    .output(draftPreview),
  /** Makes the golden sample on the processor, writes the package and installs it. */
  write: procedure
    .route({ method: 'POST', path: '/model-drafts/{draft}/package' })
    .input(
      z.object({
        draft,
        manifest: draftManifest,
        /** Markdown; absent: written from the manifest. */
        card: z.string().max(200_000).optional(),
        activate: z.boolean().default(false),
      }),
    )
    .output(z.object({ id: z.string(), version: z.string() })),
  discard: procedure
    .route({ method: 'DELETE', path: '/model-drafts/{draft}' })
    .input(z.object({ draft }))
    .output(z.object({ discarded: z.boolean() })),
}
