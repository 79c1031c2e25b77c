import type { NetworkInput } from '#shared/domain/model-manifest/index'
import { type Statistics, surveysSeries } from '#shared/preparation/statistics'
import { sampledPlaces } from '#shared/preparation/tally'
import type { ScoreRequest } from '../protocol'
import type { FrameSource } from '../types'
import type { PrepareJob } from '../work/jobs'
import { type FindingRules, refuseClicks, type SessionModel, sessionModelOf } from '../work/session-model'

/** Images that are prepared together. */
const CHUNK = 4

/** One scoring task inside the engine process: what is left to hand out and what was learnt of the stack. */
export class ScoreRun {
  readonly id: number
  readonly request: ScoreRequest
  readonly alone: boolean
  readonly model: SessionModel
  readonly rules: FindingRules
  /** Images handed out and not finished. */
  underWay = 0
  /** Set when the model is loaded and the stack surveyed. */
  ready = false
  cancelled = false
  statistics: Statistics | null = null
  readonly #excluded: ReadonlySet<number>
  #next = 0

  constructor(id: number, request: ScoreRequest, alone: boolean) {
    this.id = id
    this.request = request
    this.alone = alone
    refuseClicks(request.model)
    const { threshold } = request
    const { labels, groups, operatingPoint, outputs } = request.model.manifest
    this.model = sessionModelOf(request.model, request)
    this.rules = { labels, groups, operatingPoint, outputs, threshold }
    this.#excluded = new Set(request.excluded)
  }

  get input(): NetworkInput {
    return this.request.model.manifest.input
  }

  get exhausted(): boolean {
    return this.cancelled || this.#next >= this.request.wanted.length
  }

  /** Whether the network slides over images, so that each is prepared in parts. */
  get tiled(): boolean {
    return this.input.size.policy === 'tiles'
  }

  /** Slices whose pixels stand for the series; empty where the model does not ask for them. */
  sample(): { item: number; source: FrameSource }[] {
    const { intensity } = this.input
    if (!surveysSeries(intensity)) return []
    return sampledPlaces(this.request.stack.length, intensity.sampleSlices).flatMap((item) => {
      const source = this.#source(item)
      return source ? [{ item, source }] : []
    })
  }

  /** The next images to prepare. */
  nextChunk(): PrepareJob {
    const size = this.alone || this.tiled ? 1 : CHUNK
    const indices = this.request.wanted.slice(this.#next, this.#next + size)
    this.#next += indices.length
    const images = indices.map((index) => ({ index, places: this.#places(index) }))
    const named = new Set(images.flatMap(({ index, places }) => [index, ...places]))
    return {
      run: this.id,
      input: this.input,
      statistics: this.statistics,
      images,
      sources: [...named].map((place) => [place, this.#source(place)]),
      tile: 0,
    }
  }

  /** The slice of each channel, edges replicated. */
  #places(index: number): number[] {
    const { channels } = this.input
    if (channels.kind !== 'neighbours') return [index]
    const last = this.request.stack.length - 1
    return channels.offsets.map((offset) => Math.min(last, Math.max(0, index + offset)))
  }

  #source(place: number): FrameSource | null {
    return this.#excluded.has(place) ? null : (this.request.stack[place] ?? null)
  }
}
