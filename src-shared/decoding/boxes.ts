import type { OutputDecoding } from '../domain/model-manifest/index'
import { activate, sigmoid } from './activation'
import { type Candidate, type Corners, cornersOf } from './candidate'
import { imageOf, type Outputs, type Place } from './tensor'

type BoxesOutput = Extract<OutputDecoding, { decode: 'boxes' }>

/** Boxes of one image by who proposes them; the class-agnostic ones are suppressed by themselves. */
export interface Proposals {
  labelled: Candidate[]
  agnostic: Candidate[]
}

/** Every label of every anchor that reaches the threshold, before suppression. */
export function boxCandidates(
  output: BoxesOutput,
  outputs: Outputs,
  place: Place,
  threshold: number,
): Proposals {
  const { boxes, scores, labels, agnostic } = output
  const coordinates = imageOf(outputs, boxes.name, place, [null, 4])
  const anchors = coordinates.dims[0] ?? 0
  const width = labels.length + (scores.background === null ? 0 : 1)
  const { data } = imageOf(outputs, scores.name, place, [anchors, width])
  const boxAt = (anchor: number): Corners =>
    cornersOf(fourAt(coordinates.data, anchor * 4), boxes.format, boxes.unit, place)
  const labelled: Candidate[] = []
  for (let anchor = 0; anchor < anchors; anchor++) {
    const row = activate(data.subarray(anchor * width, (anchor + 1) * width), scores.activation)
    labels.forEach((label, i) => {
      const column = scores.background !== null && i >= scores.background ? i + 1 : i
      const score = row[column] ?? 0
      if (score >= threshold) labelled.push({ label, score, box: boxAt(anchor), outline: null })
    })
  }
  if (!agnostic) return { labelled, agnostic: [] }
  const flat = imageOf(outputs, agnostic.name, place, [anchors, 1]).data
  const found: Candidate[] = []
  flat.forEach((value, anchor) => {
    const score = agnostic.activation === 'sigmoid' ? sigmoid(value) : value
    if (score >= threshold) found.push({ label: agnostic.label, score, box: boxAt(anchor), outline: null })
  })
  return { labelled, agnostic: found }
}

/** Four numbers in a row, as a network writes a box. */
export function fourAt(data: ArrayLike<number>, at: number, step = 1): Corners {
  return [data[at] ?? 0, data[at + step] ?? 0, data[at + 2 * step] ?? 0, data[at + 3 * step] ?? 0]
}
