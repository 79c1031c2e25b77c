import { areaOf } from '#shared/geometry/shapes/parts'
import type { ExportImage, ExportSeries } from '../../types'

/** Key images of one series at most; the largest objects go first. */
const MOST = 50

/** The image on which each object is largest, each image once, in stack order; images with tags alone are none. */
export function keyImages({ images }: ExportSeries): ExportImage[] {
  const largest = new Map<string, { image: ExportImage; area: number }>()
  for (const image of images) {
    const shown = image.annotations.filter(({ shape }) => shape.kind !== 'tag')
    for (const [objectId, own] of Map.groupBy(shown, (one) => one.objectId)) {
      const area = own.reduce((sum, { shape }) => sum + areaOf(shape), 0)
      const before = largest.get(objectId)
      if (!before || area > before.area) largest.set(objectId, { image, area })
    }
  }
  const chosen = [...largest.values()].sort((a, b) => b.area - a.area).map(({ image }) => image)
  const kept = [...new Set(chosen)].slice(0, MOST)
  return kept.sort((a, b) => a.identity.ordinal - b.identity.ordinal)
}
