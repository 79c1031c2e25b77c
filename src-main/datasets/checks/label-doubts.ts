import type { Annotation } from '#shared/domain/annotation/annotation'
import { extentOf } from '#shared/geometry/shapes/extent'
import type { Member } from '../members/members'
import { overlapOf } from '../overlap'
import type { Prediction } from '../predictions'
import type { Found } from './pixel-findings'

/** From where a model is sure of itself. */
const sure = 0.9
const sameplace = 0.5
/** A class the model all but rules out. */
const ruledOut = 0.05

/**
 * Where a model contradicts strongly what people said: another label at the same place, something it is sure of where
 * nothing is drawn, or a class it rules out. Labels the model does not know are no contradiction.
 */
export function labelDoubts(
  members: readonly Member[],
  annotations: ReadonlyMap<number, readonly Annotation[]>,
  predictions: ReadonlyMap<number, readonly Prediction[]>,
): Found[] {
  const used = new Set([...annotations.values()].flatMap((own) => own.map(({ label }) => label)))
  return members.flatMap(({ imageId }) => {
    const own = annotations.get(imageId) ?? []
    if (own.length === 0) return []
    return (predictions.get(imageId) ?? []).flatMap((prediction) => [
      ...boxDoubts(imageId, own, prediction, used),
      ...classDoubts(imageId, own, prediction),
    ])
  })
}

function boxDoubts(
  imageId: number,
  own: readonly Annotation[],
  { boxes, modelId }: Prediction,
  used: ReadonlySet<string>,
): Found[] {
  const placed = own.flatMap(({ id, label, shape }) => {
    const box = shape.kind === 'tag' ? null : extentOf(shape)
    return box && box[2] * box[3] > 0 ? [{ id, label, box }] : []
  })
  // pictures with tags alone say nothing of places
  if (placed.length === 0) return []
  return boxes.flatMap(({ label, score, box }): Found[] => {
    if (!box || score < sure || !used.has(label)) return []
    const near = placed
      .map((one) => ({ ...one, overlap: overlapOf(one.box, box) }))
      .sort((a, b) => b.overlap - a.overlap)[0]
    const found = { kind: 'label-doubt' as const, imageId, value: score, detail: `${modelId}: ${label}` }
    if (!near || near.overlap < 0.1) return [found]
    return near.overlap >= sameplace && near.label !== label ? [{ ...found, annotationId: near.id }] : []
  })
}

function classDoubts(imageId: number, own: readonly Annotation[], { classes, modelId }: Prediction): Found[] {
  const [likeliest] = classes
  if (!likeliest || likeliest.probability < sure) return []
  return own.flatMap(({ id, label }): Found[] => {
    const probability = classes.find((one) => one.label === label)?.probability
    if (probability === undefined || probability > ruledOut) return []
    const detail = `${modelId}: ${likeliest.label}`
    return [{ kind: 'label-doubt', imageId, annotationId: id, value: likeliest.probability, detail }]
  })
}
