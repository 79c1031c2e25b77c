import type { NetworkInput, SizePolicy } from '#shared/domain/model-manifest/index'
import type { OnnxModel } from '../onnx/types'
import { invalid } from './refuse'
import { checkTensor, type WantedSide } from './tensor-shape'

const elementTypes = { float32: 'float', float16: 'float16', uint8: 'uint8' } as const

/**
 * Whether the graph takes exactly the inputs that the manifest describes, in the sizes that the app would make.
 * @throws MODEL_INVALID
 */
export function checkInputs(file: string, { inputs }: OnnxModel, input: NetworkInput): void {
  const wanted = [input.name, ...(input.prompt ? [input.prompt.name] : [])]
  const names = inputs.map(({ name }) => name)
  if (wanted.length !== names.length || !wanted.every((name) => names.includes(name))) {
    throw invalid(`the inputs ${wanted.join(', ')} in ${file}`, names.join(', ') || 'none')
  }
  const channels = channelCount(input.channels)
  checkNormalisation(input, channels)
  const [rows, columns] = gridOf(input.size)
  for (const tensor of inputs) {
    const planes = tensor.name === input.name ? channels : 3
    const shape = input.layout === 'NCHW' ? [null, planes, rows, columns] : [null, rows, columns, planes]
    const prompt = tensor.name !== input.name
    const type = prompt ? ['float', 'float16'] : [elementTypes[input.type]]
    checkTensor(`input ${tensor.name} of ${file}`, tensor, type, [prompt ? [null, 3, rows, columns] : shape])
    if (input.size.policy === 'spacing') checkFree(file, tensor, input.layout)
  }
}

/** Planes of the input tensor. */
export function channelCount(channels: NetworkInput['channels']): number {
  switch (channels.kind) {
    case 'neighbours':
      return channels.offsets.length
    case 'grey':
      return channels.count
    default:
      return 3
  }
}

/** Rows and columns where the policy fixes them. */
function gridOf(size: SizePolicy): [WantedSide, WantedSide] {
  return size.policy === 'spacing' ? [null, null] : [size.rows, size.columns]
}

/** Images of a stated spacing come in any size. */
function checkFree(
  file: string,
  { name, shape }: OnnxModel['inputs'][number],
  layout: 'NCHW' | 'NHWC',
): void {
  const sides = layout === 'NCHW' ? shape?.slice(2) : shape?.slice(1, 3)
  const fixed = sides?.find((side) => typeof side === 'number')
  if (fixed !== undefined) throw invalid(`free rows and columns of ${name} in ${file}`, `a fixed ${fixed}`)
}

function checkNormalisation({ intensity }: NetworkInput, channels: number): void {
  if (intensity.kind === 'z-score') return
  for (const [what, values] of Object.entries({ mean: intensity.mean, std: intensity.std })) {
    if (values.length === 1 || values.length === channels) continue
    throw invalid(`one number or ${channels} in input.intensity.${what}`, String(values.length))
  }
}
