import type { InferenceSession, Tensor } from 'onnxruntime-web'
import type { BrushNetwork, BrushProvider, BrushStarted, Refused } from './messages'

type Runtime = typeof import('onnxruntime-web')

/** A promptable network, open in this worker. */
export interface OpenNetwork {
  started: BrushStarted
  /** The logits of one pass. */
  run(image: Float32Array, prompt: Float32Array): Promise<Float32Array>
}

const MOST_THREADS = 4

/**
 * Opens a network on the graphics card where it gives its golden answer there, else in WebAssembly.
 * @throws Error with every provider's reason if none does
 */
export async function openNetwork(network: BrushNetwork): Promise<OpenNetwork> {
  const refused: Refused[] = []
  for (const provider of ['webgpu', 'wasm'] as const) {
    try {
      const runtime = await runtimeOf(provider)
      const { address, golden, tolerance } = network.weights[provider]
      const weights = new Uint8Array(await bytesOf(address))
      const session = await runtime.InferenceSession.create(weights, { executionProviders: [provider] })
      const run = runner(runtime, session, network)
      const [image, prompt] = await goldenInputs(network)
      refuseUnlike(await run(image, prompt), new Float32Array(await bytesOf(golden)), tolerance)
      const threads = provider === 'wasm' ? (runtime.env.wasm.numThreads ?? 1) : 1
      return { started: { provider, threads, refused }, run }
    } catch (error) {
      refused.push({ provider, reason: error instanceof Error ? error.message : String(error) })
    }
  }
  throw new Error(refused.map(({ provider, reason }) => `${provider}: ${reason}`).join('; '))
}

async function runtimeOf(provider: BrushProvider): Promise<Runtime> {
  if (provider === 'webgpu') {
    await refuseSoftware()
    return import('onnxruntime-web/webgpu')
  }
  const runtime = await import('onnxruntime-web/wasm')
  // threads share memory, which the browser allows to isolated pages alone
  runtime.env.wasm.numThreads = globalThis.crossOriginIsolated
    ? Math.min(MOST_THREADS, navigator.hardwareConcurrency)
    : 1
  return runtime
}

/** A graphics card that is imitated in software is slower than WebAssembly. */
async function refuseSoftware(): Promise<void> {
  const adapter = await navigator.gpu?.requestAdapter()
  if (!adapter) throw new Error('no WebGPU here')
  const { isFallbackAdapter, description, architecture } = adapter.info
  if (isFallbackAdapter || /swiftshader|llvmpipe/i.test(`${description} ${architecture}`)) {
    throw new Error('WebGPU is imitated in software here')
  }
}

function runner({ Tensor }: Runtime, session: InferenceSession, { names }: BrushNetwork) {
  return async (image: Float32Array, prompt: Float32Array): Promise<Float32Array> => {
    const side = Math.sqrt(image.length / 3)
    const tensorOf = (values: Float32Array) => new Tensor('float32', values, [1, 3, side, side])
    const feeds: Record<string, Tensor> = {
      [names.image]: tensorOf(image),
      [names.prompt]: tensorOf(prompt),
    }
    const answer = (await session.run(feeds))[names.mask]
    const data = await answer?.getData()
    if (data instanceof Float32Array) return data
    throw new Error(`the network gave no 32-bit numbers as ${names.mask}`)
  }
}

async function goldenInputs({ inputs, names }: BrushNetwork): Promise<[Float32Array, Float32Array]> {
  const read = async (name: string) => {
    const address = inputs[name]
    if (address === undefined) throw new Error(`the package has no golden ${name}`)
    return new Float32Array(await bytesOf(address))
  }
  return [await read(names.image), await read(names.prompt)]
}

function refuseUnlike(
  came: Float32Array,
  wanted: Float32Array,
  { absolute, relative }: BrushNetwork['weights'][BrushProvider]['tolerance'],
): void {
  if (came.length !== wanted.length) throw new Error('the golden answer has another size')
  const off = came.findIndex((value, at) => {
    const expected = wanted[at] ?? 0
    return !(Math.abs(value - expected) <= absolute + relative * Math.abs(expected))
  })
  if (off >= 0) throw new Error(`self-test failed: ${came[off]} instead of ${wanted[off]}`)
}

async function bytesOf(address: string): Promise<ArrayBuffer> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`)
  return response.arrayBuffer()
}
