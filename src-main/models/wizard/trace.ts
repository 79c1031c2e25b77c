import type { OnnxModel } from '../onnx/types'

/** Operators that only move numbers about. */
const moving = new Set([
  'Cast',
  'Concat',
  'Flatten',
  'Identity',
  'Reshape',
  'Slice',
  'Split',
  'Squeeze',
  'Transpose',
  'Unsqueeze',
])
const FARTHEST = 200

/** The operators that an output's numbers come from, beyond those that only move them about. */
export function sourcesOf(model: OnnxModel, output: string): Set<string> {
  const found = new Set<string>()
  const queue = [output]
  const seen = new Set(queue)
  for (let name = queue.shift(); name !== undefined && seen.size < FARTHEST; name = queue.shift()) {
    const producer = model.producers.get(name)
    if (!producer) continue
    if (!moving.has(producer.type)) {
      found.add(producer.type)
      continue
    }
    const inputs = producer.type === 'Concat' ? producer.inputs : producer.inputs.slice(0, 1)
    for (const input of inputs.filter((one) => !seen.has(one))) {
      seen.add(input)
      queue.push(input)
    }
  }
  return found
}
