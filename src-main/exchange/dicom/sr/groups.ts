import type { SchemaLabel } from '#shared/domain/annotation/label-schema'
import type { ExportAnnotation, ImageIdentity } from '../../types'
import { type Code, labelConcept } from '../object/codes'
import { frameReference } from '../object/source'
import { trackingUid } from '../seg/segment-item'
import { algorithmOf, nameOf, type Segment } from '../seg/segments'
import { concept, unit } from './concepts'
import {
  code,
  container,
  coordinates,
  type Graphic,
  type Item,
  image,
  number,
  plain,
  text,
  uid,
} from './content'
import { evaluations } from './evaluations'
import type { Figures } from './figures'
import { graphicOf } from './graphic'
import { angleOf, lengthOf } from './lengths'
import type { Uptake } from './uptake'

/** What the groups of a report have in common. */
export interface GroupContext {
  seriesUid: string
  site: Code | null
}

/** An object with its segment (TID 1411, Volumetric ROI Measurements). */
export function volumetricGroup(
  segment: Segment,
  figures: Figures & { uptake: Uptake | null },
  seg: { sopClass: string; instanceUid: string },
  { seriesUid, site }: GroupContext,
): Item {
  const { number: segmentNumber, label, annotations } = segment
  const reference = {
    ReferencedSOPClassUID: seg.sopClass,
    ReferencedSOPInstanceUID: seg.instanceUid,
    ReferencedSegmentNumber: [segmentNumber],
  }
  const said = annotations[0]
  return container(
    concept.group,
    [
      ...head(nameOf(segment), segment.objectId, label, site),
      image('CONTAINS', concept.segment, reference),
      uid('CONTAINS', concept.sourceSeries, seriesUid),
      ...measured(figures, annotations),
      ...(said ? evaluations(said, label) : []),
    ],
    '1411',
  )
}

/** An annotation of one image: a region (TID 1410), a length or an angle, or a word about the image (TID 1501). */
export function imageGroup(
  annotation: ExportAnnotation,
  label: SchemaLabel,
  on: ImageIdentity,
  { site }: GroupContext,
): Item {
  const { shape, objectId } = annotation
  const graphic = graphicOf(shape)
  const from = frameReference(on)
  const start = head(label.name.en, objectId, label, site)
  const end = [...certainty([annotation]), ...evaluations(annotation, label)]
  if (graphic && (shape.kind === 'line' || shape.kind === 'angle')) {
    return container(concept.group, [...start, along(annotation, graphic, on), ...end], '1501')
  }
  if (graphic) {
    const region = coordinates('CONTAINS', concept.region, graphic, from)
    return container(concept.group, [...start, region, ...end], '1410')
  }
  return container(concept.group, [...start, image('CONTAINS', concept.source, from), ...end], '1501')
}

/** What a reader says of a series or study as a whole (TID 1501). */
export const wholeGroup = (annotation: ExportAnnotation, label: SchemaLabel, { site }: GroupContext): Item =>
  container(
    concept.group,
    [...head(label.name.en, annotation.objectId, label, site), ...evaluations(annotation, label)],
    '1501',
  )

function head(name: string, objectId: string, label: SchemaLabel, site: Code | null): Item[] {
  return [
    text('HAS OBS CONTEXT', concept.trackingId, plain(name)),
    uid('HAS OBS CONTEXT', concept.trackingUid, trackingUid(objectId)),
    code('CONTAINS', concept.finding, labelConcept(label)),
    ...(site ? [code('HAS CONCEPT MOD', concept.findingSite, site)] : []),
  ]
}

function measured(
  figures: Figures & { uptake: Uptake | null },
  annotations: readonly ExportAnnotation[],
): Item[] {
  const { volume, area, longestDiameter, meanProbability, uptake } = figures
  return [
    ...(volume === null ? [] : [number(concept.volume, volume, unit.mm3)]),
    ...(area === null ? [] : [number(concept.area, area, unit.mm2)]),
    ...(longestDiameter === null ? [] : [number(concept.longAxis, longestDiameter, unit.mm)]),
    ...(uptake === null ? [] : [suv(uptake.mean, concept.mean), suv(uptake.maximum, concept.maximum)]),
    ...(meanProbability === null
      ? []
      : [number(concept.meanProbability, meanProbability, unit.one, algorithm(annotations))]),
    ...certainty(annotations),
  ]
}

const suv = (value: number, derivation: Code): Item =>
  number(concept.suv, value, unit.suv, [code('HAS CONCEPT MOD', concept.derivation, derivation)])

/** How sure the model was. */
function certainty(annotations: readonly ExportAnnotation[]): Item[] {
  const scores = annotations.flatMap(({ origin }) => origin?.score ?? [])
  if (scores.length === 0) return []
  return [number(concept.score, Math.max(...scores) * 100, unit.percent, algorithm(annotations))]
}

function algorithm(annotations: readonly ExportAnnotation[]): Item[] {
  const made = algorithmOf(annotations)
  if (made.type === 'MANUAL') return []
  return [
    text('HAS CONCEPT MOD', concept.algorithmName, plain(made.model)),
    text('HAS CONCEPT MOD', concept.algorithmVersion, plain(made.version)),
  ]
}

function along({ shape }: ExportAnnotation, graphic: Graphic, on: ImageIdentity): Item {
  const spacing = on.geometry?.spacing ?? null
  const drawn = coordinates('INFERRED FROM', concept.source, graphic, frameReference(on))
  if (shape.kind === 'angle')
    return number(concept.angle, angleOf(shape.points, spacing), unit.degree, [drawn])
  const points = shape.kind === 'line' ? shape.points : []
  const name = points.length === 2 ? concept.length : concept.path
  const millimetres = lengthOf(points, spacing)
  return millimetres === null
    ? number(name, lengthOf(points, [1, 1]) ?? 0, unit.pixel, [drawn])
    : number(name, millimetres, unit.mm, [drawn])
}
