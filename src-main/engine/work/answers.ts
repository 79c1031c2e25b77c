import type { Tensor } from 'onnxruntime-node'
import { LeptonError } from '#shared/domain/fault'
import type { Provider } from '#shared/domain/provider'
import type { ModelSource, NamedTensor } from '../types'
import { goldenFeeds } from './golden'
import { fromHalves } from './half'
import { sessionModelOf } from './session-model'
import type { Sessions } from './sessions'

/** Every output of a network for its golden inputs; golden outputs are not looked at. */
export async function answerGolden(
  sessions: Sessions,
  model: ModelSource,
  provider: Provider,
): Promise<NamedTensor[]> {
  const open = await sessions.get(sessionModelOf(model, { threshold: 0, flips: false }), provider)
  const results = await open.session.run(await goldenFeeds(open, model))
  return Object.entries(results).map(([name, tensor]) => namedTensor(name, tensor))
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
