import { isClassOutput, probabilitiesOf } from '#shared/decoding/classes'
import type { Batch } from './jobs'
import { runTensor } from './run-batch'
import type { SessionModel } from './session-model'
import type { OpenModel } from './sessions'

/** A rectangle of the network's input, in pixels. */
export interface Patch {
  x: number
  y: number
  width: number
  height: number
}

/**
 * The probability of some labels of one output together, once for each patch of a single view that is covered
 * with the mean of its channel. A patch of no size covers nothing.
 */
export async function occlude(
  open: OpenModel,
  model: SessionModel,
  { data, shape }: Batch,
  labels: readonly string[],
  patches: readonly Patch[],
): Promise<number[]> {
  const output = model.outputs
    .filter(isClassOutput)
    .find((one) => labels.every((label) => one.labels.includes(label)))
  if (!output) return patches.map(() => 0)
  const [, depth, rows, columns] = shape
  const step = open.fixedBatch ?? patches.length
  const means = Array.from({ length: depth }, (_, channel) => meanOfPlane(data, channel, rows * columns))
  const probabilities: number[] = []
  for (let first = 0; first < patches.length; first += step) {
    const covered = new Float32Array(step * data.length)
    for (let n = 0; n < step; n++) {
      covered.set(data, n * data.length)
      const patch = patches[first + n]
      const picture = covered.subarray(n * data.length, (n + 1) * data.length)
      if (patch) cover(picture, patch, means, [rows, columns])
    }
    const outputs = await runTensor(open, model, covered, [step, depth, rows, columns])
    patches.slice(first, first + step).forEach((_, image) => {
      const values = probabilitiesOf(output, outputs, { image, count: step, rows, columns })
      probabilities.push(labels.reduce((sum, label) => sum + (values[output.labels.indexOf(label)] ?? 0), 0))
    })
  }
  return probabilities
}

function meanOfPlane(data: Float32Array, channel: number, size: number): number {
  return data.subarray(channel * size, (channel + 1) * size).reduce((sum, value) => sum + value, 0) / size
}

function cover(
  picture: Float32Array,
  { x, y, width, height }: Patch,
  means: readonly number[],
  [rows, columns]: readonly [number, number],
): void {
  means.forEach((mean, channel) => {
    for (let row = y; row < Math.min(rows, y + height); row++) {
      const start = (channel * rows + row) * columns
      picture.fill(mean, start + x, start + Math.min(columns, x + width))
    }
  })
}
