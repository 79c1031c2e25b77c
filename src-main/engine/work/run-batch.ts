import { LeptonError } from '#shared/domain/fault'
import { quantise } from '../tasks/segment'
import type { Batch, ScoredImage, SessionModel } from './jobs'
import type { OpenModel } from './sessions'

type Shape = Batch['shape']

/** Runs a batch and turns its logits into probability bytes. */
export async function runBatch(
  open: OpenModel,
  model: SessionModel,
  { images, shape, data }: Batch,
): Promise<ScoredImage[]> {
  const [count, channels, rows, columns] = shape
  const step = open.fixedBatch === null ? count : 1
  const size = channels * rows * columns
  const scored: ScoredImage[] = []
  for (let first = 0; first < count; first += step) {
    const input = data.subarray(first * size, (first + step) * size)
    const started = performance.now()
    const outputs = await run(open, model.input, input, [step, channels, rows, columns])
    const milliseconds = (performance.now() - started) / step
    images.slice(first, first + step).forEach((image, n) => {
      const planes = model.outputs.map(({ name, labels }) => {
        const logits = outputs(name, [step, labels.length, rows, columns])
        const each = logits.length / step
        return quantise(
          logits.subarray(n * each, (n + 1) * each),
          [labels.length, rows, columns],
          image.content,
        )
      })
      scored.push({ image, planes: joined(planes), milliseconds })
    })
  }
  return scored
}

type Outputs = (name: string, shape: Shape) => Float32Array

async function run(open: OpenModel, name: string, data: Float32Array, shape: Shape): Promise<Outputs> {
  const { Tensor } = open.runtime
  const results = await open.session.run({ [name]: new Tensor('float32', data, shape) })
  return (output, expected) => {
    const tensor = results[output]
    if (!(tensor?.data instanceof Float32Array) || tensor.dims.join() !== expected.join()) {
      throw new LeptonError('INFERENCE_FAILED', {
        expected: `output ${output}, float32 ${expected.join(' x ')}`,
        received: tensor ? `${tensor.type} ${tensor.dims.join(' x ')}` : 'none of that name',
      })
    }
    return tensor.data
  }
}

function joined(planes: Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only] = planes
  if (only && planes.length === 1) return only
  const all = new Uint8Array(planes.reduce((sum, plane) => sum + plane.length, 0))
  let at = 0
  for (const plane of planes) {
    all.set(plane, at)
    at += plane.length
  }
  return all
}
