import type { OutputDecoding } from '../domain/model-manifest/index'
import { boxCandidates } from './boxes'
import type { Candidate } from './candidate'
import { type Suppression, suppress } from './nms'
import { readDetections, readDetectionTensors } from './suppressed'
import type { Outputs, Place } from './tensor'
import { outlined, yoloCandidates } from './yolo'

export type DetectingOutput = Extract<
  OutputDecoding,
  { decode: 'boxes' | 'yolo' | 'detections' | 'detection-tensors' }
>

/** For boxes of several tiles or looks, where the network suppresses each by itself. */
const OF_ITS_OWN: Suppression = { iou: 0.5, acrossLabels: false, maxDetections: 3000 }

/** Whether an output proposes boxes. */
export function isDetectingOutput(output: OutputDecoding): output is DetectingOutput {
  return ['boxes', 'yolo', 'detections', 'detection-tensors'].includes(output.decode)
}

/** What an output finds from score `least` on in one look at an image, suppressed; in pixels of the network's input. */
export function detect(output: DetectingOutput, outputs: Outputs, place: Place, least: number): Candidate[] {
  switch (output.decode) {
    case 'boxes': {
      const { labelled, agnostic } = boxCandidates(output, outputs, place, least)
      return [...suppress(labelled, output.nms), ...suppress(agnostic, output.nms)]
    }
    case 'yolo': {
      const kept = suppress(yoloCandidates(output, outputs, place, least), output.nms)
      return outlined(output, outputs, place, kept)
    }
    case 'detections':
      return readDetections(output, outputs, place, least)
    case 'detection-tensors':
      return readDetectionTensors(output, outputs, place, least)
  }
}

/** Candidates of several tiles together; a class-agnostic label is suppressed by itself. */
export function suppressTogether<Kind extends Candidate>(
  output: DetectingOutput,
  candidates: readonly Kind[],
  isCut: (candidate: Kind) => boolean,
): Kind[] {
  const rules = suppressionOf(output)
  const apart = output.decode === 'boxes' ? output.agnostic?.label : undefined
  return [
    ...suppress(
      candidates.filter(({ label }) => label !== apart),
      rules,
      isCut,
    ),
    ...suppress(
      candidates.filter(({ label }) => label === apart),
      rules,
      isCut,
    ),
  ]
}

export function suppressionOf(output: DetectingOutput): Suppression {
  return 'nms' in output ? output.nms : OF_ITS_OWN
}
