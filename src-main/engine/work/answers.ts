import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Tensor } from 'onnxruntime-common'
import { LeptonError } from '#shared/domain/fault'
import type { Provider } from '#shared/domain/provider'
import type { ModelSource, NamedTensor } from '../types'
import { fromHalves, toHalves } from './half'
import { sessionModelOf } from './jobs'
import type { OpenModel, Sessions } from './sessions'

type Sample = ModelSource['manifest']['golden']['inputs'][number]

/** Every output of a network for its golden inputs; golden outputs are not looked at. */
export async function answerGolden(
  sessions: Sessions,
  model: ModelSource,
  provider: Provider,
): Promise<NamedTensor[]> {
  const open = await sessions.get(sessionModelOf(model), provider)
  const feeds: Record<string, Tensor> = {}
  for (const sample of model.manifest.golden.inputs) feeds[sample.name] = await feedOf(open, model, sample)
  const results = await open.session.run(feeds)
  return Object.entries(results).map(([name, tensor]) => namedTensor(name, tensor))
}

async function feedOf(
  { runtime, session }: OpenModel,
  { folder }: ModelSource,
  { name, file, shape, type }: Sample,
): Promise<Tensor> {
  const bytes = new Uint8Array(await readFile(join(folder, file))).buffer
  if (type === 'uint8') return new runtime.Tensor('uint8', new Uint8Array(bytes), shape)
  if (type === 'int64') return new runtime.Tensor('int64', new BigInt64Array(bytes), shape)
  const input = session.inputMetadata.find((one) => one.name === name)
  const half = input?.isTensor && input.type === 'float16'
  const values = new Float32Array(bytes)
  return half
    ? new runtime.Tensor('float16', toHalves(values), shape)
    : new runtime.Tensor('float32', values, shape)
}

/** Halves become floats and whole numbers int64, as golden files hold them. */
function namedTensor(name: string, tensor: Tensor): NamedTensor {
  const shape = [...tensor.dims]
  const { data } = tensor
  if (tensor.type === 'float16') {
    const bits = new Uint16Array(bytesOf(viewOf(name, tensor)).buffer)
    return { name, shape, type: 'float32', bytes: bytesOf(fromHalves(bits)) }
  }
  if (data instanceof Float32Array) return { name, shape, type: 'float32', bytes: bytesOf(data) }
  if (data instanceof Uint8Array) return { name, shape, type: 'uint8', bytes: bytesOf(data) }
  if (data instanceof BigInt64Array) return { name, shape, type: 'int64', bytes: bytesOf(data) }
  if (data instanceof Int32Array) {
    return { name, shape, type: 'int64', bytes: bytesOf(BigInt64Array.from(data, BigInt)) }
  }
  throw unreadable(name, tensor)
}

/** Depending on the runtime, halves come as Float16Array or as their bits. */
function viewOf(name: string, tensor: Tensor): ArrayBufferView {
  if (ArrayBuffer.isView(tensor.data)) return tensor.data
  throw unreadable(name, tensor)
}

const unreadable = (name: string, tensor: Tensor) =>
  new LeptonError('MODEL_INVALID', {
    expected: `output ${name} of float, uint8, int32 or int64 numbers`,
    received: tensor.type,
  })

function bytesOf(data: ArrayBufferView): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
}
