import type { Candidate } from '#shared/decoding/candidate'
import { isClassOutput, probabilitiesOf } from '#shared/decoding/classes'
import { detect, isDetectingOutput } from '#shared/decoding/detecting'
import { unitVector } from '#shared/decoding/embedding'
import { isMaskOutput, maskPlanes } from '#shared/decoding/masks'
import { mirrored, mirroredBack } from '#shared/decoding/mirror'
import { imageOf, type Outputs, type Place } from '#shared/decoding/tensor'
import { visibleOf } from '#shared/geometry/grid'
import type { View } from './jobs'
import type { SessionModel } from './session-model'

/** What a network says of one view, averaged over the picture and its mirror image where that was asked for. */
export interface Answer {
  view: View
  /** Rows and columns of the network's input. */
  padded: [number, number]
  /** Probabilities of each classifying output. */
  classes: Float64Array[]
  /** Probability x 255 of each label of the mask outputs over the part of the image the view shows. */
  planes: Uint8Array<ArrayBuffer>
  /** By look (the picture, its mirror image), then by detecting output; pixels of the network's input. */
  boxes: Candidate[][][]
  embedding: Float32Array | null
  /** Time in the session. */
  milliseconds: number
}

/** One look at a view, brought back from the mirror. */
interface Look {
  classes: Float64Array[]
  planes: Float32Array[]
  boxes: Candidate[][]
  embedding: Float32Array | null
}

export function lookOf(outputs: Outputs, model: SessionModel, place: Place, isMirror: boolean): Look {
  const { columns } = place
  const look: Look = { classes: [], planes: [], boxes: [], embedding: null }
  for (const output of model.outputs) {
    if (isClassOutput(output)) {
      look.classes.push(probabilitiesOf(output, outputs, place))
    } else if (isMaskOutput(output)) {
      const planes = maskPlanes(output, outputs, place)
      look.planes.push(isMirror ? mirrored(planes, columns) : planes)
    } else if (isDetectingOutput(output)) {
      const found = detect(output, outputs, place, leastScore(output.threshold, model))
      look.boxes.push(isMirror ? found.map((one) => mirroredBack(one, columns)) : found)
    } else if (output.decode === 'embedding') {
      const { data } = imageOf(outputs, output.name, place, [output.dimensions])
      look.embedding = output.normalise ? unitVector(data) : Float32Array.from(data)
    }
  }
  return look
}

/** Looks are averaged afterwards, so that what one of them hardly sees has to be kept until then. */
function leastScore(own: number | undefined, { threshold, flips }: SessionModel): number {
  return (own ?? threshold) * (flips ? 0.5 : 1)
}

/** The looks at one view together: probabilities and vectors averaged, boxes side by side. */
export function answerOf(
  view: View,
  looks: readonly Look[],
  padded: [number, number],
  milliseconds: number,
): Answer {
  const [first] = looks
  const vectors = looks.flatMap(({ embedding }) => embedding ?? [])
  const [vector] = vectors
  return {
    view,
    padded,
    classes: (first?.classes ?? []).map((_, at) => meanOf(looks.flatMap(({ classes }) => classes[at] ?? []))),
    planes: quantised(looks, view, padded),
    boxes: looks.map(({ boxes }) => boxes),
    embedding: vectors.length > 1 ? unitVector(meanOf(vectors)) : (vector ?? null),
    milliseconds,
  }
}

/** Mean of vectors of one length. */
export function meanOf(vectors: readonly ArrayLike<number>[]): Float64Array<ArrayBuffer> {
  const sum = new Float64Array(vectors[0]?.length ?? 0)
  for (const vector of vectors) for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0)
  return sum.map((value) => value / vectors.length)
}

/** The planes of all looks averaged, floor(p x 255 + 0.5), without the border. */
function quantised(
  looks: readonly Look[],
  { image, offset }: View,
  padded: [number, number],
): Uint8Array<ArrayBuffer> {
  const [rows, columns] = padded
  const [left, top, width, height] = visibleOf({ content: image.content, padded }, offset)
  const planes = looks[0]?.planes ?? []
  const labels = planes.reduce((sum, { length }) => sum + length / (rows * columns), 0)
  const bytes = new Uint8Array(labels * width * height)
  let at = 0
  planes.forEach((plane, output) => {
    for (let start = 0; start < plane.length; start += rows * columns) {
      for (let y = 0; y < height; y++) {
        const row = start + (top + y + offset[0]) * columns + left + offset[1]
        for (let x = 0; x < width; x++) {
          let sum = 0
          for (const look of looks) sum += look.planes[output]?.[row + x] ?? 0
          bytes[at++] = Math.floor((sum / looks.length) * 255 + 0.5)
        }
      }
    }
  })
  return bytes
}
