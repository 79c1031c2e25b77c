import { statisticsOf, surveysSeries } from '#shared/preparation/statistics'
import { sampledPlaces } from '#shared/preparation/tally'
import { resultOf } from '../tasks/result'
import type { FrameSource, ImageResult, ModelSource } from '../types'
import type { Answer } from '../work/answer'
import type { Batch } from '../work/jobs'
import { OpenFiles } from '../work/open-files'
import { Preparer } from '../work/prepare'
import { runBatch } from '../work/run-batch'
import { sessionModelOf } from '../work/session-model'
import { Sessions } from '../work/sessions'
import { SliceReader } from '../work/slices'

type Scored = Extract<ImageResult, { status: 'scored' }>

/** The engine's own steps in this process, so that a test sees the tensor between them. */
export class InProcess {
  readonly #reader = new SliceReader(new OpenFiles())
  readonly #sessions = new Sessions(2)

  /** Prepares and scores one image of a stack on the CPU, with its mirror image if `flips`. */
  async score(
    model: ModelSource,
    stack: readonly FrameSource[],
    index: number,
    flips = false,
  ): Promise<{ tensor: Batch; result: Scored }> {
    const { manifest } = model
    const { threshold } = manifest.operatingPoint
    const tensor = await this.#prepare(model, stack, index)
    const session = sessionModelOf(model, { threshold, flips })
    const open = await this.#sessions.get(session, 'cpu')
    const answers: Answer[] = await runBatch(open, session, tensor)
    const [first] = answers
    if (!first) throw new Error('no answer')
    const result = resultOf({ image: first.view.image, answers }, { ...manifest, threshold })
    if (result.status !== 'scored') throw new Error(result.fault.received)
    return { tensor, result }
  }

  async #prepare({ manifest }: ModelSource, stack: readonly FrameSource[], index: number): Promise<Batch> {
    const { input } = manifest
    const { intensity, channels } = input
    const surveyed = surveysSeries(intensity) ? sampledPlaces(stack.length, intensity.sampleSlices) : []
    const slices = await Promise.all(
      surveyed.flatMap((place) => stack[place] ?? []).map((s) => this.#reader.read(s)),
    )
    const statistics =
      slices.length > 0
        ? statisticsOf(
            slices.map(({ frame }) => frame),
            input,
          )
        : null
    const offsets = channels.kind === 'neighbours' ? channels.offsets : [0]
    const places = offsets.map((offset) => Math.min(stack.length - 1, Math.max(0, index + offset)))
    const prepared = await new Preparer(this.#reader).prepare({
      run: 0,
      input,
      statistics,
      images: [{ index, places }],
      sources: [...new Set([index, ...places])].map((place) => [place, stack[place] ?? null]),
      tile: 0,
    })
    const [failure] = prepared.failures
    if (failure?.status === 'failed') throw new Error(JSON.stringify(failure.fault))
    const [batch] = prepared.batches
    if (!batch) throw new Error('nothing was prepared')
    return batch
  }
}
