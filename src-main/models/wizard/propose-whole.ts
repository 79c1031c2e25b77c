import type { GraphTensor, Guess } from '#shared/contract/model-wizard'
import type { ModelTask } from '#shared/domain/model-manifest/index'
import type { OnnxModel } from '../onnx/types'
import type { Proposed } from './propose-detection'
import { sourcesOf } from './trace'

/** Lengths that vectors for similarity usually have. */
const usualLengths = [64, 128, 256, 384, 512, 640, 768, 1024, 1152, 1280, 1536, 1792, 2048]

/** [N, K, H, W]: masks, one plane alone or with a background; of a promptable network the mask that was asked for. */
export function proposeMask(model: OnnxModel, task: ModelTask | null, guesses: Set<Guess>): Proposed | null {
  const mask = model.outputs.find(({ shape }) => shape?.length === 4)
  const planes = mask?.shape?.[1]
  if (!mask) return null
  const { name } = mask
  if (task === 'promptable-segmentation') {
    return { count: 0, decoding: () => ({ decode: 'prompted-mask', name }) }
  }
  if (sourcesOf(model, name).has('Sigmoid') || sourcesOf(model, name).has('Softmax'))
    guesses.add('activation')
  if (typeof planes !== 'number' || planes < 2) {
    return { count: 1, decoding: (labels) => ({ decode: 'sigmoid-mask', name, labels }) }
  }
  guesses.add('background')
  return { count: planes - 1, decoding: (labels) => ({ decode: 'softmax-mask', name, labels }) }
}

/** [N, K]: a vector, any number of labels, or one of them. */
export function proposeVector(
  model: OnnxModel,
  task: ModelTask | null,
  guesses: Set<Guess>,
): (Proposed & { task: ModelTask }) | null {
  const tensor = model.outputs.find(({ shape }) => shape?.length === 2 && typeof shape[1] === 'number')
  const length = Number(tensor?.shape?.[1] ?? 0)
  if (!tensor || length < 1) return null
  const { name } = tensor
  const sources = sourcesOf(model, name)
  const kind = task ?? vectorTask(tensor, length, sources, guesses)
  if (kind === 'embedding') {
    const normalise = !['LpNormalization', 'Div'].some((type) => sources.has(type))
    return {
      task: kind,
      count: 0,
      decoding: () => ({ decode: 'embedding', name, dimensions: length, normalise }),
    }
  }
  if (kind === 'multi-label') {
    const activation = sources.has('Sigmoid') ? 'none' : 'sigmoid'
    return { task: kind, count: length, decoding: (labels) => ({ decode: kind, name, labels, activation }) }
  }
  const activation = sources.has('Softmax') ? 'none' : 'softmax'
  return {
    task: 'classification',
    count: length,
    decoding: (labels) => ({ decode: 'softmax', name, labels, activation }),
  }
}

function vectorTask(
  { name }: GraphTensor,
  length: number,
  sources: ReadonlySet<string>,
  guesses: Set<Guess>,
): ModelTask {
  if (sources.has('Softmax')) return 'classification'
  if (sources.has('Sigmoid') || length === 1) return 'multi-label'
  if (/emb|feat|vector|descriptor/i.test(name) || sources.has('LpNormalization')) return 'embedding'
  guesses.add('task').add('activation')
  const stated = /logit|class|prob|score|label/i.test(name)
  return !stated && usualLengths.includes(length) ? 'embedding' : 'classification'
}
