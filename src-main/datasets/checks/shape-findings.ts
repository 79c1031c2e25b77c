import type { Annotation } from '#shared/domain/annotation/annotation'
import { extentOf } from '#shared/geometry/shapes/extent'
import type { Member } from '../members/members'
import type { Found } from './pixel-findings'

/** Pixels; nobody draws that small on purpose. */
const leastSide = 3
/** Share of the box that may lie outside. */
const mostOutside = 0.02

/** Pictures nobody has labelled, where others are; shapes too small to be meant, and those that leave the picture. */
export function shapeFindings(
  members: readonly Member[],
  annotations: ReadonlyMap<number, readonly Annotation[]>,
): Found[] {
  const worked = annotations.size > 0
  return members.flatMap((member): Found[] => {
    const { imageId } = member
    const own = annotations.get(imageId) ?? []
    if (own.length === 0) return worked ? [{ kind: 'unlabelled', imageId }] : []
    return own.flatMap((one) => faultsOf(one, member))
  })
}

function faultsOf({ id, shape, label }: Annotation, { imageId, rows, columns }: Member): Found[] {
  const { kind } = shape
  const box = extentOf(shape)
  if (!box || kind === 'point' || kind === 'line' || kind === 'angle') return []
  const [x, y, width, height] = box
  const found: Found[] = []
  const place = { imageId, annotationId: id, detail: label }
  if (Math.min(width, height) < leastSide)
    found.push({ ...place, kind: 'tiny-shape', value: Math.min(width, height) })
  const inside =
    Math.max(0, Math.min(columns, x + width) - Math.max(0, x)) *
    Math.max(0, Math.min(rows, y + height) - Math.max(0, y))
  const outside = 1 - inside / (width * height)
  if (outside > mostOutside) found.push({ ...place, kind: 'outside-shape', value: outside })
  return found
}
