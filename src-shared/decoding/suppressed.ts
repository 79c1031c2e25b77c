import type { OutputDecoding } from '../domain/model-manifest/index'
import { fourAt } from './boxes'
import { type Candidate, cornersOf } from './candidate'
import { imageOf, type Output, type Outputs, type Place } from './tensor'

type OneTensor = Extract<OutputDecoding, { decode: 'detections' }>
type Tensors = Extract<OutputDecoding, { decode: 'detection-tensors' }>

/** Boxes of a network that suppresses by itself and writes one tensor. */
export function readDetections(
  output: OneTensor,
  outputs: Outputs,
  place: Place,
  threshold: number,
): Candidate[] {
  const led = outputs.get(output.name)?.dims.at(-1) === 7
  const { data } = led ? allRows(outputs, output.name) : imageOf(outputs, output.name, place, [null, 6])
  const step = led ? 7 : 6
  const found: Candidate[] = []
  for (let at = 0; at + step <= data.length; at += step) {
    if (led && data[at] !== place.image) continue
    const first = at + step - 6
    const score = data[first + 4] ?? 0
    const label = output.labels[Math.round(data[first + 5] ?? -1)]
    if (label === undefined || score < threshold) continue
    found.push({
      label,
      score,
      box: cornersOf(fourAt(data, first), 'xyxy', output.unit, place),
      outline: null,
    })
  }
  return found
}

function allRows(outputs: Outputs, name: string): Output {
  return outputs.get(name) ?? { dims: [], data: new Float32Array() }
}

/** Boxes of a network that suppresses by itself and writes boxes, scores and labels apart. */
export function readDetectionTensors(
  output: Tensors,
  outputs: Outputs,
  place: Place,
  threshold: number,
): Candidate[] {
  const { boxes } = output
  const coordinates = imageOf(outputs, boxes.name, place, [null, 4])
  const most = coordinates.dims[0] ?? 0
  const scores = imageOf(outputs, output.scores, place, [most]).data
  const classes = imageOf(outputs, output.classes, place, [most]).data
  const counted = output.count === undefined ? most : countOf(outputs, output.count, place)
  const found: Candidate[] = []
  for (let i = 0; i < Math.min(most, counted); i++) {
    const score = scores[i] ?? 0
    const label = output.labels[Math.round(classes[i] ?? -1) - output.firstLabel]
    if (label === undefined || score < threshold) continue
    const box = cornersOf(fourAt(coordinates.data, i * 4), boxes.format, boxes.unit, place)
    found.push({ label, score, box, outline: null })
  }
  return found
}

/** How many count; networks write [N] or [N, 1]. */
function countOf(outputs: Outputs, name: string, place: Place): number {
  const output = outputs.get(name)
  return output?.data.length === place.count
    ? (output.data[place.image] ?? 0)
    : (imageOf(outputs, name, place, [1]).data[0] ?? 0)
}
