import { access } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Fault, LeptonError } from '#shared/domain/fault'
import { type Provider, provider as providers } from '#shared/domain/provider'

/** What ONNX Runtime's native package says of itself; null with the reason where it cannot be loaded. */
export interface Native {
  version: string
  /** Names of the providers compiled in, e.g. `cpu`, `webgpu`, `dml`. */
  backends: string[]
}

export async function loadNative(): Promise<Native | LeptonError> {
  try {
    const { listSupportedBackends, env } = await import('onnxruntime-node')
    const version = env.versions.node ?? env.versions.common
    return { version, backends: listSupportedBackends().map(({ name }) => name) }
  } catch (error) {
    const received = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return refused('the native ONNX Runtime for this system', received)
  }
}

/** Each provider in order of preference: whether this computer offers it, before any model is tried. */
export async function listProviders(
  native: Native | LeptonError,
): Promise<{ provider: Provider; available: boolean; fault: Fault | null }[]> {
  return Promise.all(
    providers.options.map(async (provider) => {
      const reason = await whyNot(provider, native)
      return { provider, available: reason === null, fault: reason?.toFault() ?? null }
    }),
  )
}

async function whyNot(provider: Provider, native: Native | LeptonError): Promise<LeptonError | null> {
  if (provider === 'wasm') return null
  const home = { coreml: 'darwin', directml: 'win32', cuda: null, webgpu: null, cpu: null }[provider]
  if (home && home !== process.platform)
    return refused(home === 'darwin' ? 'macOS' : 'Windows', process.platform)
  if (native instanceof LeptonError) return native
  if (!native.backends.includes(provider === 'directml' ? 'dml' : provider)) {
    return refused(`ONNX Runtime built with ${provider}`, native.backends.join(', '))
  }
  return provider === 'cuda' ? whyNotCuda() : null
}

/** CUDA comes as a library of its own that is not part of the package. */
async function whyNotCuda(): Promise<LeptonError | null> {
  const library =
    process.platform === 'win32' ? 'onnxruntime_providers_cuda.dll' : 'libonnxruntime_providers_cuda.so'
  const home = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'))
  try {
    await access(join(home, 'bin', 'napi-v6', process.platform, process.arch, library))
    return null
  } catch {
    return refused(`the library ${library}`, 'it is not installed')
  }
}

function refused(expected: string, received: string): LeptonError {
  return new LeptonError('PROVIDER_REFUSED', { expected, received })
}
