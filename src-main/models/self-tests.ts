import type { Engine, ModelSource } from '#main/engine/types'
import type { ModelTrial } from '#shared/contract/models'
import { LeptonError } from '#shared/domain/fault'
import { modelName } from '#shared/domain/model-manifest/index'
import type { Provider } from '#shared/domain/provider'
import { chosenProvider, providerOrder } from './choice'
import type { Trials } from './trials'

/** Self-tests of models on this computer's providers: made when first needed, one at a time for each model. */
export class SelfTests {
  readonly #trials: Trials
  /** Under way, so that nobody starts them twice. */
  readonly #testing = new Map<string, Promise<ModelTrial[]>>()

  constructor(trials: Trials) {
    this.#trials = trials
  }

  /** The provider wanted, or the best that passed. @throws PROVIDER_REFUSED naming why, and what is available */
  async provider(source: ModelSource, wanted: 'auto' | Provider): Promise<Provider> {
    const trials = await this.#tested(source, wanted === 'auto' ? null : wanted)
    const chosen =
      wanted === 'auto'
        ? chosenProvider(trials)
        : trials.find((trial) => trial.provider === wanted && trial.passed)?.provider
    if (chosen) return chosen
    throw refusal(source, wanted, wanted === 'auto' ? trials : await this.#tested(source, null))
  }

  /** Tries every provider again. */
  async repeat(source: ModelSource): Promise<void> {
    for (const name of providerOrder) await this.#trials.make(source, name)
  }

  /** Trials that hold on this computer, those of `only` (else of every provider) made now where missing. */
  async #tested(source: ModelSource, only: Provider | null): Promise<ModelTrial[]> {
    const key = `${modelName(source.manifest)} ${source.precision}`
    const before = this.#testing.get(key) ?? Promise.resolve([])
    const testing = before.catch(() => []).then(() => this.#complete(source, only))
    this.#testing.set(key, testing)
    return testing
  }

  async #complete(source: ModelSource, only: Provider | null): Promise<ModelTrial[]> {
    const known = (await this.#trials.known(source.manifest)).filter(
      ({ precision }) => precision === source.precision,
    )
    for (const name of only ? [only] : providerOrder) {
      if (known.some((trial) => trial.provider === name)) continue
      // the browser's WebAssembly is the last resort: no need to time it where the processor works
      const cpu = known.some((trial) => trial.provider === 'cpu' && trial.passed)
      if (!only && name === 'wasm' && cpu) continue
      known.push(await this.#trials.make(source, name))
    }
    return known
  }
}

/**
 * Runs a package's golden input on the processor, with each of its files, before anything is written down.
 * @throws SELF_TEST_FAILED and whatever else the runtime says
 */
export async function tryOnProcessor(
  engine: Engine,
  { folder, manifest }: Omit<ModelSource, 'precision'>,
): Promise<ModelTrial[]> {
  const provider = await processorOf(engine)
  const trials: ModelTrial[] = []
  for (const { precision, file } of manifest.weights) {
    const trial = await engine.trial({ folder, manifest, precision }, provider)
    trials.push({ ...trial, precision })
    if (trial.passed) continue
    const { code = 'SELF_TEST_FAILED', expected = '', received = '' } = trial.fault ?? {}
    throw new LeptonError(code === 'PROVIDER_REFUSED' ? 'MODEL_INVALID' : code, {
      expected: expected || 'the golden output',
      received: `${file}: ${received}`,
      remedy: 'Ask for the package again, or tell its author.',
    })
  }
  return trials
}

/** ONNX Runtime's own code for the processor, or WebAssembly where it cannot be loaded. */
export async function processorOf(engine: Engine): Promise<'cpu' | 'wasm'> {
  const offers = await engine.providers()
  return offers.some(({ provider, available }) => provider === 'cpu' && available) ? 'cpu' : 'wasm'
}

function refusal(
  { manifest, precision }: ModelSource,
  wanted: 'auto' | Provider,
  trials: readonly ModelTrial[],
): LeptonError {
  const passed = trials.filter((trial) => trial.passed).map((trial) => trial.provider)
  const why = trials
    .filter((trial) => !trial.passed && (wanted === 'auto' || trial.provider === wanted))
    .map((trial) => `${trial.provider}: ${trial.fault?.code ?? ''} ${trial.fault?.received ?? ''}`.trim())
  return new LeptonError('PROVIDER_REFUSED', {
    expected: `a provider on which ${modelName(manifest)} (${precision}) passes its self-test`,
    received: why.join('; ') || wanted,
    remedy: passed.length > 0 ? `Available here: ${passed.join(', ')}.` : 'None passed: run `lepton doctor`.',
  })
}
