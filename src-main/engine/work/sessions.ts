import { join } from 'node:path'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { LeptonError } from '#shared/domain/fault'
import type { Provider } from '#shared/domain/provider'
import { Lru } from './lru'
import { loadRuntime, type Runtime, refusal, sessionOptions } from './runtime'
import type { SessionModel } from './session-model'

/** A model that is ready to run. */
export interface OpenModel {
  runtime: Runtime
  session: InferenceSession
  /** Images in one run where the model fixes it; null where it takes any number. */
  fixedBatch: number | null
  /** Types of the inputs by name. */
  inputTypes: ReadonlyMap<string, Tensor.Type>
}

/** What of a model decides which session runs it. */
type Opened = Pick<SessionModel, 'folder' | 'sha256' | 'file' | 'input'>

/** Sessions of this thread; the last two stay open. */
export class Sessions {
  readonly #threads: number
  readonly #open = new Lru<Promise<OpenModel>>(2, (model) => {
    model.then(
      ({ session }) => session.release(),
      () => {},
    )
  })

  constructor(threads: number) {
    this.#threads = threads
  }

  /** Throws PROVIDER_REFUSED where the provider cannot open the model. */
  async get(model: Opened, provider: Provider): Promise<OpenModel> {
    const key = `${provider} ${model.folder} ${model.file} ${model.sha256}`
    const kept = this.#open.get(key)
    if (kept) return kept
    const opened = openModel(model, provider, this.#threads)
    this.#open.set(key, opened, 1)
    opened.catch(() => this.#open.forget(key, opened))
    return opened
  }
}

async function openModel(model: Opened, provider: Provider, threads: number): Promise<OpenModel> {
  try {
    const runtime = await loadRuntime(provider)
    const file = join(model.folder, model.file)
    const session = await runtime.InferenceSession.create(file, sessionOptions(provider, threads))
    const metadata = session.inputMetadata.find((input) => input.name === model.input.name)
    if (!metadata?.isTensor) {
      throw new LeptonError('MODEL_INVALID', {
        expected: `an input named ${model.input.name}`,
        received: session.inputNames.join(', '),
      })
    }
    const [count] = metadata.shape
    const inputTypes = new Map(
      session.inputMetadata.flatMap((input) => (input.isTensor ? [[input.name, input.type] as const] : [])),
    )
    const fixedBatch = typeof count === 'number' && count > 0 ? count : null
    return { runtime, session, fixedBatch, inputTypes }
  } catch (error) {
    throw error instanceof LeptonError ? error : refusal(provider, error)
  }
}
