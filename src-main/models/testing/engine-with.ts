import type { Engine } from '#main/engine/types'
import { LeptonError } from '#shared/domain/fault'
import type { Provider, ProviderTrial } from '#shared/domain/provider'

/** An engine at the edge: which providers there are, and how each trial ends, is the case under test. */
export function engineWith(times: Partial<Record<Provider, number | 'wrong'>>): {
  engine: Engine
  trials: Provider[]
} {
  const trials: Provider[] = []
  const never = () => Promise.reject(new Error('not part of this test'))
  const engine: Engine = {
    headers: () => {
      throw new Error('not part of this test')
    },
    frame: never,
    thumbnail: never,
    inspect: never,
    traits: never,
    deidentify: never,
    previewDeidentified: never,
    burnedIn: never,
    writePicture: never,
    variant: never,
    labelImages: never,
    variantShapes: never,
    score: never,
    explain: never,
    answers: never,
    close: async () => {},
    status: () => ({ running: true, restarts: 0, memoryBytes: null, onnxruntime: '1.0.0' }),
    providers: async () =>
      (['coreml', 'directml', 'cuda', 'webgpu', 'cpu', 'wasm'] as const).map((provider) => ({
        provider,
        available: provider in times,
        fault:
          provider in times ? null : new LeptonError('PROVIDER_REFUSED', { received: 'absent' }).toFault(),
      })),
    trial: async (_model, provider): Promise<ProviderTrial> => {
      trials.push(provider)
      const time = times[provider]
      const testedAt = new Date().toISOString()
      if (typeof time === 'number') {
        return { provider, passed: true, milliseconds: time, maxDifference: 0, fault: null, testedAt }
      }
      const fault = new LeptonError('SELF_TEST_FAILED', { received: 'off by 1' }).toFault()
      return { provider, passed: false, milliseconds: null, maxDifference: 1, fault, testedAt }
    },
  }
  return { engine, trials }
}
