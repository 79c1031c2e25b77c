import type { OutputDecoding } from '../domain/model-manifest/index'
import { sigmoid } from './activation'
import { fourAt } from './boxes'
import { type Candidate, type Corners, cornersOf, type Outline } from './candidate'
import { imageOf, type Output, type Outputs, type Place } from './tensor'

type YoloOutput = Extract<OutputDecoding, { decode: 'yolo' }>

/** A proposal that still knows its anchor, whose coefficients mix its mask. */
export interface Anchored extends Candidate {
  anchor: number
}

/** How to walk the tensor: distance from anchor to anchor, and from value to value of one anchor. */
interface Walk {
  data: Float32Array
  anchors: number
  anchor: number
  value: number
}

/** Every label of every anchor that reaches the threshold, before suppression. */
export function yoloCandidates(
  output: YoloOutput,
  outputs: Outputs,
  place: Place,
  threshold: number,
): Anchored[] {
  const { labels, unit } = output
  const first = output.objectness ? 5 : 4
  const walk = walkOf(output, outputs, place)
  const probability = output.activation === 'sigmoid' ? sigmoid : (x: number) => x
  const found: Anchored[] = []
  for (let anchor = 0; anchor < walk.anchors; anchor++) {
    const at = anchor * walk.anchor
    const objectness = output.objectness ? probability(walk.data[at + 4 * walk.value] ?? 0) : 1
    if (objectness < threshold) continue
    labels.forEach((label, i) => {
      const score = objectness * probability(walk.data[at + (first + i) * walk.value] ?? 0)
      if (score < threshold) return
      const box = cornersOf(fourAt(walk.data, at, walk.value), 'cxcywh', unit, place)
      found.push({ label, score, box, anchor, outline: null })
    })
  }
  return found
}

/** The same proposals with the logits of their masks, cut to their boxes; for what suppression has left. */
export function outlined(
  output: YoloOutput,
  outputs: Outputs,
  place: Place,
  kept: readonly Anchored[],
): Candidate[] {
  const { masks } = output
  if (!masks) return kept.map(({ label, score, box, outline }) => ({ label, score, box, outline }))
  const walk = walkOf(output, outputs, place)
  const prototypes = imageOf(outputs, masks.name, place, [masks.coefficients, null, null])
  const first = (output.objectness ? 5 : 4) + output.labels.length
  return kept.map(({ label, score, box, anchor }) => {
    const coefficients = Float32Array.from(
      { length: masks.coefficients },
      (_, k) => walk.data[anchor * walk.anchor + (first + k) * walk.value] ?? 0,
    )
    return { label, score, box, outline: mixed(prototypes, coefficients, box, place) }
  })
}

function walkOf(output: YoloOutput, outputs: Outputs, place: Place): Walk {
  const { arrangement, objectness, labels, masks } = output
  const values = 4 + (objectness ? 1 : 0) + labels.length + (masks?.coefficients ?? 0)
  if (arrangement === 'rows') {
    const { data, dims } = imageOf(outputs, output.name, place, [null, values])
    return { data, anchors: dims[0] ?? 0, anchor: values, value: 1 }
  }
  const { data, dims } = imageOf(outputs, output.name, place, [values, null])
  const anchors = dims[1] ?? 0
  return { data, anchors, anchor: 1, value: anchors }
}

function mixed(prototypes: Output, coefficients: Float32Array, box: Corners, place: Place): Outline {
  const [h, w] = [prototypes.dims[1] ?? 0, prototypes.dims[2] ?? 0]
  const [sx, sy] = [w / place.columns, h / place.rows]
  // one point of margin, for interpolation at the border of the box
  const left = Math.max(0, Math.min(w, Math.floor(box[0] * sx) - 1))
  const top = Math.max(0, Math.min(h, Math.floor(box[1] * sy) - 1))
  const width = Math.max(0, Math.min(w, Math.ceil(box[2] * sx) + 1) - left)
  const height = Math.max(0, Math.min(h, Math.ceil(box[3] * sy) + 1) - top)
  const logits = new Float32Array(width * height)
  for (let k = 0; k < coefficients.length; k++) {
    const factor = coefficients[k] ?? 0
    for (let y = 0; y < height; y++) {
      const from = (k * h + top + y) * w + left
      for (let x = 0; x < width; x++) {
        const at = y * width + x
        logits[at] = (logits[at] ?? 0) + factor * (prototypes.data[from + x] ?? 0)
      }
    }
  }
  return { grid: [h, w], window: [left, top, width, height], logits }
}
