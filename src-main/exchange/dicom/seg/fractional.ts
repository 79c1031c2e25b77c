import { LeptonError } from '#shared/domain/fault'
import { TRACE } from '#shared/geometry/probability'
import type { ExportAnnotation, ExportSeries, ExportSet, WriteContext } from '../../types'
import { personName } from '../object/attributes'
import type { SourceSeries } from '../object/source'
import { newest } from './binary'
import { buildSeg, checkSize, type SegFrame, type SegObject } from './build'
import { segmentItem } from './segment-item'

/**
 * The probabilities of a model, a segment for each label it proposed in the series (255 is certain); null where nobody
 * asked a model. Frames that hold no more than a trace are left out.
 * @throws INPUT_INVALID where the probabilities are gone
 */
export function fractionalSeg(
  series: ExportSeries,
  { labels }: ExportSet,
  source: SourceSeries,
  app: WriteContext['app'],
): SegObject | null {
  const proposed = series.images
    .flatMap(({ annotations }) => annotations)
    .filter(({ origin, shape }) => origin !== null && shape.kind === 'mask')
  if (proposed.length === 0) return null
  const byLabel = Map.groupBy(proposed, ({ label }) => label)
  const wanted = [...labels.values()].filter(({ key }) => byLabel.has(key))
  const planes = wanted.flatMap((label, index) => planesOf(series, label.key, index + 1))
  if (planes.length === 0) {
    throw new LeptonError('INPUT_INVALID', {
      expected: 'probabilities of the model that proposed the annotations',
      received: 'none; the run is gone, or it drew no masks',
      remedy: 'Score the series again, or export `seg`.',
    })
  }
  const images = series.images.map(({ identity }) => identity)
  const size = (images[0]?.rows ?? 0) * (images[0]?.columns ?? 0)
  checkSize(planes.length, size, 8)
  const pixels = new Uint8Array(planes.length * size)
  for (const [at, { bytes }] of planes.entries()) pixels.set(bytes, at * size)
  return buildSeg(
    source,
    {
      images,
      segments: wanted.map((label, index) =>
        segmentItem({
          number: index + 1,
          label,
          ordinal: 1,
          numbered: false,
          objectId: null,
          algorithm: modelOf(byLabel.get(label.key) ?? []),
        }),
      ),
      frames: planes.map(({ frame }) => frame),
      pixels,
      kind: 'FRACTIONAL',
      overlap: wanted.length === 1 ? 'NO' : 'UNDEFINED',
      madeAt: newest(proposed),
      creator: personName(proposed[0]?.reader ?? ''),
      description: 'Probability',
    },
    app,
  )
}

function planesOf({ images }: ExportSeries, label: string, segment: number) {
  return images.flatMap(({ identity, probability }, place): { frame: SegFrame; bytes: Uint8Array }[] => {
    const bytes = probability(label)
    if (!bytes?.some((value) => value >= TRACE)) return []
    return [{ frame: { segment, image: identity, place }, bytes }]
  })
}

function modelOf(annotations: readonly ExportAnnotation[]) {
  const origin = annotations[0]?.origin
  return {
    type: 'AUTOMATIC' as const,
    model: origin?.modelId ?? '',
    version: origin?.modelVersion ?? '',
  }
}
