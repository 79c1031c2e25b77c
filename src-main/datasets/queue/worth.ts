import type { QueueItem } from '#shared/contract/datasets'
import type { Annotation } from '#shared/domain/annotation/annotation'
import { extentOf } from '#shared/geometry/shapes/extent'
import { disagreementOf, type Placed } from '../overlap'
import type { Prediction } from '../predictions'

/** Why a picture is worth labelling, and how much. */
export interface Worth {
  worth: number
  reason: QueueItem['reason']
}

/**
 * How unsure models are of a picture: of classes, one less the lead of the first over the second; of boxes, how near
 * the score that lies nearest to the threshold comes to it. Null where nothing was predicted.
 */
export function uncertaintyOf(predictions: readonly Prediction[]): Worth | null {
  const worths = predictions.flatMap(({ classes, boxes, threshold }): Worth[] => {
    const [first, second] = classes
    if (first) {
      const lead = first.probability - (second?.probability ?? 0)
      return [
        { worth: 1 - lead, reason: { kind: 'uncertain', value: first.probability, label: first.label } },
      ]
    }
    return boxes.map(({ score, label }) => {
      const span = score >= threshold ? 1 - threshold : threshold
      const worth = span > 0 ? 1 - Math.min(1, Math.abs(score - threshold) / span) : 0
      return { worth, reason: { kind: 'uncertain', value: score, label } }
    })
  })
  return best(worths)
}

/** How far readers, or models, contradict each other on a picture; null where there is only one voice. */
export function disagreementOn(
  annotations: readonly Annotation[],
  predictions: readonly Prediction[],
): Worth | null {
  const readers = [...Map.groupBy(annotations, ({ reader }) => reader).values()].map((own) =>
    own.map(placedOf),
  )
  const runs = predictions.map(({ boxes, classes }): Placed[] => {
    const likeliest = classes[0] ? [{ label: classes[0].label, box: null }] : []
    return [...boxes.map(({ label, box }) => ({ label, box })), ...likeliest]
  })
  return best([...pairWorths(readers, 'readers'), ...pairWorths(runs, 'runs')])
}

function pairWorths(voices: readonly Placed[][], kind: 'readers' | 'runs'): Worth[] {
  return voices.flatMap((left, i) =>
    voices.slice(i + 1).map((right) => {
      const worth = disagreementOf(left, right)
      return { worth, reason: { kind, value: worth, label: null } }
    }),
  )
}

const placedOf = ({ label, shape }: Annotation): Placed => ({
  label,
  box: shape.kind === 'tag' ? null : extentOf(shape),
})

function best(worths: readonly Worth[]): Worth | null {
  return worths.reduce<Worth | null>((most, one) => (!most || one.worth > most.worth ? one : most), null)
}
