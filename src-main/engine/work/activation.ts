import { imageOf } from '#shared/decoding/tensor'
import type { Activation, Batch } from './jobs'
import { runTensor } from './run-batch'
import type { SessionModel } from './session-model'
import type { OpenModel } from './sessions'

/**
 * The class activation of some labels together over a single view, rectified; null where the network declares no
 * map for the output that knows them.
 */
export async function activationOf(
  open: OpenModel,
  model: SessionModel,
  { data, shape }: Batch,
  labels: readonly string[],
): Promise<Activation | null> {
  const map = model.outputs.find(
    (output) => output.decode === 'activation-map' && labels.every((label) => output.labels.includes(label)),
  )
  if (map?.decode !== 'activation-map') return null
  const outputs = await runTensor(open, model, data, shape)
  const place = { image: 0, count: shape[0], rows: shape[2], columns: shape[3] }
  const { dims, data: maps } = imageOf(outputs, map.name, place, [map.labels.length, null, null])
  const [rows, columns] = [dims[1] ?? 0, dims[2] ?? 0]
  const values = new Float32Array(rows * columns)
  for (const label of labels) {
    const start = map.labels.indexOf(label) * values.length
    for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) + (maps[start + i] ?? 0)
  }
  return { rows, columns, values: values.map((value) => Math.max(0, value)) }
}
