import type { Guess } from '#shared/contract/model-wizard'
import type { ModelTask, NetworkInput, OutputDecoding } from '#shared/domain/model-manifest/index'
import { invalid } from '../check/refuse'
import type { OnnxModel } from '../onnx/types'

type Shape = readonly (number | string | null | undefined)[]

/** Mean and standard deviation of ImageNet in shares of 255. */
const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }
/** Sides for networks that leave them open, a usual one for each task. */
const usualSides: Record<ModelTask, number> = {
  classification: 224,
  'multi-label': 224,
  embedding: 224,
  detection: 640,
  segmentation: 512,
  'promptable-segmentation': 512,
}

/**
 * How pictures come into a network, from the shape of its image input.
 * @throws MODEL_INVALID where no input is an image
 */
export function proposeInput(
  model: OnnxModel,
  task: ModelTask,
  outputs: readonly OutputDecoding[],
  guesses: Set<Guess>,
): NetworkInput {
  const [image, second] = model.inputs.filter(({ shape, type }) => shape?.length === 4 && elementType(type))
  const shape = image?.shape
  const type = elementType(image?.type ?? '')
  if (!image || !shape || !type) {
    throw invalid(
      'an image input [N, C, H, W] or [N, H, W, C]',
      model.inputs.map(({ name, shape: sides }) => `${name} [${sides?.join(', ') ?? '?'}]`).join(', '),
    )
  }
  const layout = layoutOf(shape)
  const [planes, ...sides] =
    layout === 'NCHW' ? [shape[1], shape[2], shape[3]] : [shape[3], shape[1], shape[2]]
  const channels = channelsOf(planes)
  if (channels.kind === 'rgb') guesses.add('channel-order')
  return {
    name: image.name,
    layout,
    type,
    channels,
    size: sizeOf(sides, task, outputs, guesses),
    intensity: intensityOf(type, channels, outputs, guesses),
    ...(second && task === 'promptable-segmentation'
      ? { prompt: { name: second.name, radius: 5, planes: ['positive', 'negative', 'previous'] as const } }
      : {}),
  }
}

function elementType(type: string): NetworkInput['type'] | null {
  return ({ float: 'float32', float16: 'float16', uint8: 'uint8' } as const)[type] ?? null
}

function layoutOf(shape: Shape): NetworkInput['layout'] {
  const few = (side: Shape[number]) => typeof side === 'number' && side <= 16
  return few(shape[3]) && !few(shape[1]) ? 'NHWC' : 'NCHW'
}

function channelsOf(planes: Shape[number]): NetworkInput['channels'] {
  if (planes === 1) return { kind: 'grey', count: 1 }
  if (typeof planes !== 'number' || planes === 3) return { kind: 'rgb' }
  const before = Math.floor(planes / 2)
  return { kind: 'neighbours', offsets: Array.from({ length: planes }, (_, at) => at - before) }
}

function sizeOf(
  sides: Shape,
  task: ModelTask,
  outputs: readonly OutputDecoding[],
  guesses: Set<Guess>,
): NetworkInput['size'] {
  const [rows, columns] = sides.map((side) => {
    if (typeof side === 'number') return side
    guesses.add('free-size')
    return usualSides[task]
  })
  const grid = { rows: rows ?? usualSides[task], columns: columns ?? usualSides[task] }
  const boxed = outputs.some(({ decode }) => decode === 'yolo' || decode === 'detections')
  return boxed
    ? { policy: 'letterbox', ...grid, fill: 114 / 255, align: 'centre', filter: 'bilinear' }
    : { policy: 'resize', ...grid, filter: 'bilinear' }
}

/** As the usual training code of such networks has it. */
function intensityOf(
  type: NetworkInput['type'],
  channels: NetworkInput['channels'],
  outputs: readonly OutputDecoding[],
  guesses: Set<Guess>,
): NetworkInput['intensity'] {
  if (type === 'uint8') return { kind: 'scale', divisor: 1, mean: [0], std: [1] }
  guesses.add('intensity')
  const kinds = outputs.map(({ decode }) => decode)
  if (kinds.includes('boxes') || kinds.includes('detection-tensors')) {
    return { kind: 'scale', divisor: 1, mean: [127], std: [128] }
  }
  const plain = kinds.includes('yolo') || kinds.includes('detections') || channels.kind !== 'rgb'
  return { kind: 'scale', divisor: 255, ...(plain ? { mean: [0], std: [1] } : IMAGENET) }
}
