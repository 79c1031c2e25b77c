import type { ExportSeries, ExportSet, WriteContext } from '../../types'
import { personName } from '../object/attributes'
import type { SourceSeries } from '../object/source'
import { packBits } from './bits'
import { buildSeg, checkSize, type SegObject } from './build'
import { segmentItem } from './segment-item'
import { type Segment, segmentsOf } from './segments'

/** The binary segmentation of a series and what its segments stand for. */
export interface BinarySeg extends SegObject {
  segments: readonly Segment[]
}

/** A segment for each object with an area, a frame for each image it lies on; null where there is none. */
export function binarySeg(
  series: ExportSeries,
  set: ExportSet,
  source: SourceSeries,
  app: WriteContext['app'],
): BinarySeg | null {
  const segments = segmentsOf(series, set)
  if (segments.length === 0) return null
  const images = series.images.map(({ identity }) => identity)
  const frames = segments.flatMap(({ number, slices }) =>
    slices.map(({ image, place, mask }) => ({ segment: number, image, place, mask })),
  )
  const pixels = (images[0]?.rows ?? 0) * (images[0]?.columns ?? 0)
  checkSize(frames.length, pixels, 1)
  const annotations = segments.flatMap((segment) => segment.annotations)
  const object = buildSeg(
    source,
    {
      images,
      segments: segments.map(segmentItem),
      frames,
      pixels: packBits(
        frames.map(({ mask }) => mask),
        pixels,
      ),
      kind: 'BINARY',
      // objects are drawn one by one; nothing keeps two of them apart
      overlap: segments.length === 1 ? 'NO' : 'UNDEFINED',
      madeAt: newest(annotations),
      creator: personName(annotations[0]?.reader ?? ''),
      description: 'Segmentation',
    },
    app,
  )
  return { ...object, segments }
}

/** Time of the newest change, in ISO form. */
export const newest = (annotations: readonly { updatedAt: string }[]) =>
  annotations.reduce((latest, { updatedAt }) => (updatedAt > latest ? updatedAt : latest), '1970-01-01')
