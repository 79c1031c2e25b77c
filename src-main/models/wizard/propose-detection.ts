import type { GraphTensor, Guess } from '#shared/contract/model-wizard'
import type { OutputDecoding } from '#shared/domain/model-manifest/index'
import type { OnnxModel } from '../onnx/types'
import { sourcesOf } from './trace'

/** A decoding and how many labels it needs; they are named afterwards. */
export interface Proposed {
  count: number
  decoding(labels: string[]): OutputDecoding
}

type Side = NonNullable<GraphTensor['shape']>[number] | undefined

const nms = { iou: 0.45, acrossLabels: false, maxDetections: 300 }

/** Boxes and scores, one tensor of a YOLO network, or detections that were suppressed already; null: none of them. */
export function proposeDetection(model: OnnxModel, guesses: Set<Guess>): Proposed | null {
  const ofRank = (rank: number) => model.outputs.filter(({ shape }) => shape?.length === rank)
  const tensors = ofRank(3)
  return (
    boxesAndScores(model, tensors, guesses) ??
    suppressed(tensors, ofRank(2), model.outputs, guesses) ??
    yolo(tensors, ofRank(4), guesses)
  )
}

function boxesAndScores(
  model: OnnxModel,
  tensors: readonly GraphTensor[],
  guesses: Set<Guess>,
): Proposed | null {
  const boxes = named(
    tensors.filter(({ shape }) => shape?.[2] === 4),
    /box|loc|bbox|reg/i,
  )
  const others = tensors.filter((tensor) => tensor !== boxes && same(tensor.shape?.[1], boxes?.shape?.[1]))
  const scores = named(
    others.filter(({ shape }) => shape?.[2] !== 1 || others.length === 1),
    /score|conf|cls|class|prob/i,
  )
  const columns = scores?.shape?.[2]
  if (!boxes || !scores || typeof columns !== 'number') return null
  const sources = sourcesOf(model, scores.name)
  // a softmax decides between the labels and nothing at all
  const withBackground = columns > 1 && (sources.has('Softmax') || columns === 2)
  const activated = sources.has('Softmax') || sources.has('Sigmoid')
  guesses.add('box-format')
  if (withBackground) guesses.add('background')
  if (!activated) guesses.add('activation')
  return {
    count: withBackground ? columns - 1 : columns,
    decoding: (labels) => ({
      decode: 'boxes',
      boxes: { name: boxes.name, format: 'xyxy', unit: 'normalised' },
      scores: {
        name: scores.name,
        activation: activated ? 'none' : withBackground ? 'softmax' : 'sigmoid',
        background: withBackground ? 0 : null,
      },
      labels,
      nms,
    }),
  }
}

function suppressed(
  tensors: readonly GraphTensor[],
  flat: readonly GraphTensor[],
  outputs: readonly GraphTensor[],
  guesses: Set<Guess>,
): Proposed | null {
  const boxes = named(
    tensors.filter(({ shape }) => shape?.[2] === 4),
    /box/i,
  )
  const scores = flat.find(({ name, type }) => /score|conf|prob/i.test(name) && type.startsWith('float'))
  const classes = flat.find(({ name }) => /class|label|cls/i.test(name))
  if (boxes && scores && classes) {
    const count = outputs.find(({ name }) => /num|count/i.test(name))?.name
    guesses.add('box-format').add('labels')
    return {
      count: 1,
      decoding: (labels) => ({
        decode: 'detection-tensors',
        boxes: { name: boxes.name, format: 'xyxy', unit: 'normalised' },
        scores: scores.name,
        classes: classes.name,
        ...(count === undefined ? {} : { count }),
        firstLabel: 0,
        labels,
      }),
    }
  }
  const whole =
    tensors.find(({ shape }) => shape?.[2] === 6 && !(Number(shape[1]) > 1000)) ??
    flat.find(({ shape }) => shape?.[1] === 7)
  if (!whole || outputs.length > 1) return null
  guesses.add('box-format').add('labels')
  return {
    count: 1,
    decoding: (labels) => ({ decode: 'detections', name: whole.name, unit: 'pixels', labels }),
  }
}

/** Rows of version 5 are as many as the anchors, columns of version 8 as wide: the shorter side tells. */
function yolo(
  tensors: readonly GraphTensor[],
  planes: readonly GraphTensor[],
  guesses: Set<Guess>,
): Proposed | null {
  const [tensor] = tensors
  const [a, b] = [tensor?.shape?.[1], tensor?.shape?.[2]]
  if (!tensor || tensors.length !== 1) return null
  const columns = typeof a === 'number' && (typeof b !== 'number' || a < b)
  const width = columns ? a : b
  const prototypes = planes.find(({ shape }) => typeof shape?.[1] === 'number')
  const coefficients = Number(prototypes?.shape?.[1] ?? 0)
  const count = Number(width) - 4 - (columns ? 0 : 1) - coefficients
  if (!(count >= 1)) return null
  guesses.add('decoding').add('box-format')
  return {
    count,
    decoding: (labels) => ({
      decode: 'yolo',
      name: tensor.name,
      arrangement: columns ? 'columns' : 'rows',
      objectness: !columns,
      unit: 'pixels',
      activation: 'none',
      labels,
      ...(prototypes ? { masks: { name: prototypes.name, coefficients } } : {}),
      nms,
    }),
  }
}

function named(tensors: readonly GraphTensor[], pattern: RegExp): GraphTensor | undefined {
  return tensors.find(({ name }) => pattern.test(name)) ?? tensors[0]
}

const same = (a: Side, b: Side) => typeof a !== 'number' || typeof b !== 'number' || a === b
