import type { SchemaLabel } from '#shared/domain/annotation/label-schema'
import { convexHull, hullOfMask, longestDiameter } from '#shared/geometry/diameter'
import { areaOfRle, forEachSetRun } from '#shared/geometry/rle'
import { sliceDistance } from '#shared/geometry/slice-plane'
import type { ExportSeries } from '../../types'
import type { Segment } from '../seg/segments'

/** What is measured of an object with an area; null where it cannot be told. */
export interface Figures {
  /** mm3 */
  volume: number | null
  /** mm2, on the image where it is largest. */
  area: number | null
  /** mm, in the plane of the images, between outer corners of pixels. */
  longestDiameter: number | null
  /** From 0 to 1, of the model that proposed it. */
  meanProbability: number | null
}

export function figuresOf(segment: Segment, series: ExportSeries): Figures {
  const { slices } = segment
  const areas = slices.map(({ image, mask }) => {
    const spacing = image.geometry?.spacing
    return spacing ? areaOfRle(mask) * spacing[0] * spacing[1] : null
  })
  const known = areas.filter((area) => area !== null)
  const complete = known.length === slices.length
  const distance = distanceOf(series)
  const diameters = slices.flatMap(({ image, mask }) => {
    const spacing = image.geometry?.spacing
    return spacing ? longestDiameter(convexHull(hullOfMask(mask)), spacing) : []
  })
  return {
    volume: complete && distance !== null ? known.reduce((sum, area) => sum + area, 0) * distance : null,
    area: complete ? Math.max(...known) : null,
    longestDiameter: complete ? Math.max(...diameters) : null,
    meanProbability: meanProbability(segment, series, segment.label),
  }
}

/** Millimetres from slice to slice; null for pictures that are no volume. */
function distanceOf({ identity, images }: ExportSeries): number | null {
  if (!identity.series.volume) return null
  const stack = images.map((image) => image.identity)
  return sliceDistance(stack) ?? stack[0]?.geometry?.thickness ?? null
}

function meanProbability(
  { slices, algorithm }: Segment,
  { images }: ExportSeries,
  { key }: SchemaLabel,
): number | null {
  if (algorithm.type === 'MANUAL') return null
  let sum = 0
  let pixels = 0
  for (const { place, mask } of slices) {
    const bytes = images[place]?.probability(key)
    if (!bytes) return null
    forEachSetRun(mask, (start, length) => {
      for (let at = start; at < start + length; at++) sum += bytes[at] ?? 0
      pixels += length
    })
  }
  return pixels === 0 ? null : sum / pixels / 255
}
