import { deflateRawSync } from 'node:zlib'
import { isClassOutput } from '#shared/decoding/classes'
import { LeptonError } from '#shared/domain/fault'
import { visibleOf } from '#shared/geometry/grid'
import { relevanceBytes } from '#shared/geometry/relevance'
import type { ExplainRequest } from '../protocol'
import type { Explanation } from '../types'
import type { Activation, Batch } from '../work/jobs'
import type { Patch } from '../work/occlude'
import { refuseClicks, sessionModelOf } from '../work/session-model'
import type { Threads } from './threads'

interface JobOptions {
  begin: () => () => void
  wanted: () => boolean
}

/** Longest time for covering parts of the picture, in milliseconds; what is not there by then stays coarse. */
const LONGEST = 20_000
/** Patches along a side, and pictures that go through the session together. */
const PATCHES = 8
const AT_ONCE = 8

/**
 * Where the probability of a label, or of a group's labels together, comes from: the class activation the network
 * declares, else how much the probability drops when a part of the picture is covered with its mean.
 *
 * @throws LeptonError MODEL_DOES_NOT_FIT where no output of the model classifies by this label
 */
export async function explain(
  request: ExplainRequest,
  { decoders, sessions }: Threads,
  options: JobOptions,
): Promise<Explanation> {
  const { provider, source, label } = request
  const labels = labelsOf(request)
  const model = sessionModelOf(request.model, { threshold: 0, flips: false })
  const { input } = model
  const places = input.channels.kind === 'neighbours' ? input.channels.offsets.map(() => 0) : [0]
  const images = [{ index: 0, places }]
  const job = { run: 0, input, statistics: null, images, sources: [[0, source]] as [number, typeof source][] }
  const { batches, failures } = await decoders.run('prepare', { ...job, tile: 0 }, options)
  const [failure] = failures
  if (failure?.status === 'failed') throw new LeptonError(failure.fault.code, failure.fault)
  const [batch] = batches
  const [view] = batch?.views ?? []
  if (!batch || !view) throw new LeptonError('INTERNAL', { expected: 'a prepared picture', received: 'none' })
  const activation = await sessions.run('activation', { model, provider, batch, labels }, options)
  const field =
    activation ??
    (await occlusion(batch, options, (patches) =>
      sessions.run('occlude', { model, provider, batch, labels, patches }, options),
    ))
  const padded: [number, number] = [batch.shape[2], batch.shape[3]]
  const { image, offset } = view
  const [mapRows, mapColumns] = image.content
  const crop = visibleOf({ content: image.content, padded }, offset)
  const bytes = relevanceBytes(field, padded, crop, offset)
  const info = { rows: image.rows, columns: image.columns, mapRows, mapColumns, crop, labels: [label] }
  return {
    method: activation ? 'activation' : 'occlusion',
    info,
    bytes: new Uint8Array(deflateRawSync(bytes)),
  }
}

/** The labels to explain together: the label itself or the members of a group. */
function labelsOf({ model, label }: ExplainRequest): string[] {
  refuseClicks(model)
  const { manifest } = model
  const members = manifest.labels.filter(({ group }) => group === label).map(({ id }) => id)
  const labels = members.length > 0 ? members : [label]
  const known = manifest.outputs.some(
    (output) => isClassOutput(output) && labels.every((one) => output.labels.includes(one)),
  )
  if (known && manifest.input.size.policy !== 'tiles') return labels
  throw new LeptonError('MODEL_DOES_NOT_FIT', {
    expected: 'a label of a classification of whole pictures',
    received: `${label} of ${manifest.id}`,
  })
}

/** How much covering each place lowers the probability: two grids of patches, the second half a patch further. */
async function occlusion(
  { shape }: Batch,
  { wanted }: JobOptions,
  probe: (patches: Patch[]) => Promise<number[]>,
): Promise<Activation> {
  const [, , rows, columns] = shape
  const started = performance.now()
  const [whole = 0] = await probe([{ x: 0, y: 0, width: 0, height: 0 }])
  const fine = 2 * PATCHES
  const drops = { sum: new Float32Array(fine * fine), count: new Float32Array(fine * fine) }
  for (const shift of [0, 1]) {
    const cells = gridOf(shift)
    for (let first = 0; first < cells.length; first += AT_ONCE) {
      if (!wanted()) throw new LeptonError('CANCELLED')
      if (performance.now() - started > LONGEST) break
      const group = cells.slice(first, first + AT_ONCE)
      const found = await probe(group.map((cell) => patchOf(cell, [rows, columns], fine)))
      group.forEach((cell, at) => {
        note(drops, cell, fine, Math.max(0, whole - (found[at] ?? whole)))
      })
    }
  }
  const values = drops.sum.map((sum, at) => sum / Math.max(1, drops.count[at] ?? 0))
  return { rows: fine, columns: fine, values }
}

/** Upper left corners of patches, in half patches. */
type Cell = readonly [down: number, across: number]

function gridOf(shift: number): Cell[] {
  const places = Array.from({ length: PATCHES - shift }, (_, i) => 2 * i + shift)
  return places.flatMap((down) => places.map((across): Cell => [down, across]))
}

function patchOf([down, across]: Cell, [rows, columns]: readonly [number, number], fine: number): Patch {
  const x = Math.round((across * columns) / fine)
  const y = Math.round((down * rows) / fine)
  const width = Math.round(((across + 2) * columns) / fine) - x
  const height = Math.round(((down + 2) * rows) / fine) - y
  return { x, y, width, height }
}

function note(
  { sum, count }: { sum: Float32Array; count: Float32Array },
  [down, across]: Cell,
  fine: number,
  drop: number,
): void {
  for (const row of [down, down + 1]) {
    for (const column of [across, across + 1]) {
      const at = row * fine + column
      sum[at] = (sum[at] ?? 0) + drop
      count[at] = (count[at] ?? 0) + 1
    }
  }
}
