import { mirrored } from '#shared/decoding/mirror'
import type { Outputs } from '#shared/decoding/tensor'
import { type Answer, answerOf, lookOf } from './answer'
import { laidOut, numbersOf, tensorOf } from './feeds'
import type { Batch } from './jobs'
import type { SessionModel } from './session-model'
import type { OpenModel } from './sessions'

type Shape = Batch['shape']

/** Runs a batch and decodes what comes of each of its views. */
export async function runBatch(
  open: OpenModel,
  model: SessionModel,
  { views, shape, data }: Batch,
): Promise<Answer[]> {
  const [count, depth, rows, columns] = shape
  const step = open.fixedBatch ?? count
  const size = depth * rows * columns
  const answers: Answer[] = []
  for (let first = 0; first < count; first += step) {
    const part = data.subarray(first * size, (first + step) * size)
    // a network of a fixed number of images gets empty ones for those that are missing
    const full = new Float32Array(part.length < step * size ? step * size : 0)
    full.set(part.subarray(0, full.length))
    const input = full.length > 0 ? full : part
    const stepShape: Shape = [step, depth, rows, columns]
    const started = performance.now()
    const straight = await runTensor(open, model, input, stepShape)
    const mirror = model.flips ? await runTensor(open, model, mirrored(input, columns), stepShape) : null
    const taken = views.slice(first, first + step)
    const milliseconds = (performance.now() - started) / taken.length
    taken.forEach((view, image) => {
      const place = { image, count: step, rows, columns }
      const looks = [lookOf(straight, model, place, false)]
      if (mirror) looks.push(lookOf(mirror, model, place, true))
      answers.push(answerOf(view, looks, [rows, columns], milliseconds))
    })
  }
  return answers
}

/** Runs one tensor (N, channels, rows, columns) and reads every output. */
export async function runTensor(
  open: OpenModel,
  model: Pick<SessionModel, 'input'>,
  data: Float32Array,
  shape: Shape,
): Promise<Outputs> {
  const { input } = model
  const laid = laidOut(data, shape, input.layout)
  const results = await open.session.run({
    [input.name]: tensorOf(open.runtime, input.type, laid.data, laid.dims),
  })
  return new Map(Object.entries(results).map(([name, tensor]) => [name, numbersOf(tensor)]))
}
