import { outlineOf } from '#renderer/viewer/overlay/mask-outline'
import type { Rle } from '#shared/domain/finding'
import { decodeRle } from '#shared/geometry/rle'

/** A mask's outline as an SVG path in pixels of the image, holes cut out by the even-odd rule. */
export function maskPath(mask: Rle): string {
  return outlineOf(decodeRle(mask), mask.rows, mask.columns)
    .map((loop) => {
      const corners: string[] = []
      for (let at = 0; at < loop.length; at += 2) corners.push(`${loop[at]} ${loop[at + 1]}`)
      return `M${corners.join('L')}Z`
    })
    .join('')
}
