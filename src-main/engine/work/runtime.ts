import type { InferenceSession } from 'onnxruntime-node'
import { LeptonError } from '#shared/domain/fault'
import type { Provider } from '#shared/domain/provider'

/** ONNX Runtime as far as both of its packages agree. */
export type Runtime = Pick<typeof import('onnxruntime-node'), 'InferenceSession' | 'Tensor'>

/** ONNX Runtime's own names of the providers. */
const names: Record<Provider, string> = {
  coreml: 'coreml',
  directml: 'dml',
  cuda: 'cuda',
  webgpu: 'webgpu',
  cpu: 'cpu',
  wasm: 'wasm',
}

/** The native runtime, or for `wasm` the WebAssembly one; loaded when first asked for. */
export async function loadRuntime(provider: Provider): Promise<Runtime> {
  if (provider === 'wasm') {
    const web = await import('onnxruntime-web')
    web.env.wasm.numThreads = 1
    return web
  }
  return import('onnxruntime-node')
}

/**
 * Session options for a provider. Operators that a GPU provider lacks run on the CPU. Threads do not spin while
 * they wait, for the cores are shared with decoding.
 */
export function sessionOptions(provider: Provider, threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: [names[provider]],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  }
}

/** Why a provider is refused, from whatever it threw; the place in ONNX Runtime's own sources is left out. */
export function refusal(provider: Provider, error: unknown): LeptonError {
  const message = error instanceof Error ? error.message : String(error)
  return new LeptonError('PROVIDER_REFUSED', {
    expected: `a session on ${provider}`,
    received: message
      .replace(/\s+/g, ' ')
      .replace(/^\/.* was false\. /, '')
      .trim()
      .slice(0, 500),
    cause: error,
  })
}
