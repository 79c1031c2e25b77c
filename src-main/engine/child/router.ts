import { faultOf, type LeptonError } from '#shared/domain/fault'
import type { Answer, EngineRequest, Said, ToEngine } from '../protocol'
import { explain } from './explain'
import { Pipeline } from './pipeline'
import { listProviders, type Native } from './providers'
import type { Threads } from './threads'
import { Units } from './units'

type Request<Kind> = Extract<EngineRequest, { kind: Kind }>

/** Files whose headers are read together. */
const HEADERS_AT_ONCE = 32

/** Hands each request of the host to the threads and sends back what they make of it. */
export class Router {
  readonly #threads: Threads
  readonly #native: () => Promise<Native | LeptonError>
  readonly #send: (message: Said) => void
  readonly #units: Units
  readonly #pipeline: Pipeline
  readonly #cancelled = new Set<number>()

  /** @param native loads ONNX Runtime, which most requests do without; asked before any session is opened. */
  constructor(threads: Threads, native: () => Promise<Native | LeptonError>, send: (message: Said) => void) {
    this.#threads = threads
    this.#native = native
    this.#send = send
    this.#units = new Units(send)
    this.#pipeline = new Pipeline(threads, this.#units, send)
  }

  receive(message: ToEngine): void {
    switch (message.type) {
      case 'request':
        this.#cancelled.delete(message.id)
        void this.#answer(message.id, message.request, message.alone)
        break
      case 'cancel':
        this.#cancelled.add(message.id)
        this.#pipeline.cancel(message.id)
        break
      case 'drain':
        this.#drain()
    }
  }

  async #answer(id: number, request: EngineRequest, alone: boolean): Promise<void> {
    try {
      if (runsNetworks(request)) await this.#native()
      if (this.#cancelled.has(id)) return
      switch (request.kind) {
        case 'score':
          return await this.#pipeline.add(id, request, alone)
        case 'headers':
          return await this.#headers(id, request, alone)
        default:
          this.#send({ type: 'answer', id, answer: await this.#single(id, request) })
      }
    } catch (error) {
      if (!this.#cancelled.has(id)) this.#send({ type: 'failed', id, fault: faultOf(error) })
    }
  }

  async #headers(id: number, { paths }: Request<'headers'>, alone: boolean): Promise<void> {
    const size = alone ? 1 : HEADERS_AT_ONCE
    const chunks = Array.from({ length: Math.ceil(paths.length / size) }, (_, at) =>
      paths.slice(at * size, (at + 1) * size),
    )
    const wanted = () => !this.#cancelled.has(id)
    await Promise.all(
      chunks.map(async (chunk) => {
        const items = chunk.map(({ item }) => item)
        const begin = this.#units.begin(id, items)
        const results = await this.#threads.decoders.run('headers', { paths: chunk }, { begin, wanted })
        this.#send({ type: 'headers', id, results })
      }),
    )
    this.#send({ type: 'done', id })
  }

  async #single(
    id: number,
    request: Request<
      | 'deidentify'
      | 'deidentify-preview'
      | 'burned-in'
      | 'frame'
      | 'thumbnail'
      | 'picture'
      | 'variant'
      | 'variant-shapes'
      | 'label-images'
      | 'inspect'
      | 'traits'
      | 'providers'
      | 'trial'
      | 'answers'
      | 'explain'
      | 'merge'
    >,
  ): Promise<Answer> {
    const { decoders, sessions } = this.#threads
    const options = { begin: this.#units.begin(id, []), wanted: () => !this.#cancelled.has(id) }
    switch (request.kind) {
      case 'frame':
        return { kind: 'frame', frame: await decoders.run('frame', request, options) }
      case 'thumbnail':
        return { kind: 'thumbnail', ...(await decoders.run('thumbnail', request, options)) }
      case 'traits':
        return { kind: 'traits', traits: await decoders.run('traits', request, options) }
      case 'picture':
        await decoders.run('picture', request, options)
        return { kind: 'picture' }
      case 'variant':
        return { kind: 'variant', frame: await decoders.run('variant', request, options) }
      case 'label-images':
        return { kind: 'label-images', ends: await decoders.run('label-images', request, options) }
      case 'variant-shapes': {
        const shapes = await decoders.run('variant-shapes', request, options)
        return { kind: 'variant-shapes', shapes }
      }
      case 'inspect':
        return { kind: 'inspect', inspection: await decoders.run('inspect', request, options) }
      case 'deidentify':
        return { kind: 'deidentify', ...(await decoders.run('deidentify', request, options)) }
      case 'deidentify-preview': {
        const lines = await decoders.run('deidentify-preview', request, options)
        return { kind: 'deidentify-preview', lines }
      }
      case 'burned-in':
        return { kind: 'burned-in', ...(await decoders.run('burned-in', request, options)) }
      case 'providers':
        return { kind: 'providers', providers: await listProviders(await this.#native()) }
      case 'trial':
        return { kind: 'trial', trial: await sessions.run('trial', request, options) }
      case 'answers':
        return { kind: 'answers', tensors: await sessions.run('answers', request, options) }
      case 'merge':
        return { kind: 'merge', result: await decoders.run('merge', request, options) }
      case 'explain':
        return { kind: 'explain', explanation: await explain(request, this.#threads, options) }
    }
  }

  /** Lets the threads finish what they hold, starts nothing more, and says when that is so. */
  #drain(): void {
    const { decoders, sessions } = this.#threads
    this.#pipeline.stop()
    decoders.stop('headers', 'frame', 'thumbnail', 'inspect', 'survey', 'traits')
    decoders.stop('picture', 'variant', 'variant-shapes', 'label-images')
    sessions.stop('load', 'trial', 'answers', 'activation', 'occlude')
    const timer = setInterval(() => {
      if (!this.#pipeline.idle || !decoders.idle || !sessions.idle) return
      clearInterval(timer)
      this.#send({ type: 'drained' })
    }, 10)
  }
}

function runsNetworks({ kind }: EngineRequest): boolean {
  return kind === 'score' || kind === 'trial' || kind === 'answers' || kind === 'explain'
}
