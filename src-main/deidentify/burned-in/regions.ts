import type { Dataset } from '#main/imaging/dicom/dataset'
import { viewOf } from '#main/imaging/dicom/dataset'
import { Tag } from '#main/imaging/dicom/tags'
import type { PixelBox } from '#shared/domain/deidentification'

/** Minimum X0, minimum Y0, maximum X1, maximum Y1 of a region (PS3.3, C.8.5.5). */
const CORNERS = [0x00186018, 0x0018601a, 0x0018601c, 0x0018601e] as const
/** Darker than this is empty. */
const DARK = 24

/**
 * The bands above, below, left and right of everything that the ultrasound regions calibrate, each shrunk to what is
 * drawn there: banners with names, dates and settings.
 */
export function outsideRegions(
  grey: Uint8Array,
  rows: number,
  columns: number,
  dataset: Dataset,
): PixelBox[] {
  const corners = dataset
    .items(Tag.SequenceOfUltrasoundRegions)
    .map((region) => CORNERS.map((tag) => long(region, tag)))
  const [x0 = [], y0 = [], x1 = [], y1 = []] = CORNERS.map((_, at) =>
    corners.map((corner) => corner[at] ?? 0),
  )
  const [left, top] = [Math.min(...x0, columns), Math.min(...y0, rows)]
  const [right, bottom] = [Math.min(columns, Math.max(...x1, 0) + 1), Math.min(rows, Math.max(...y1, 0) + 1)]
  if (left >= right || top >= bottom) return []
  const bands: [x: number, y: number, right: number, bottom: number][] = [
    [0, 0, columns, top],
    [0, bottom, columns, rows],
    [0, top, left, bottom],
    [right, top, columns, bottom],
  ]
  return bands.flatMap((band) => drawn(grey, columns, ...band) ?? [])
}

/** The smallest box around what is not dark. */
function drawn(grey: Uint8Array, columns: number, x0: number, y0: number, x1: number, y1: number) {
  let [left, top, right, bottom] = [x1, y1, x0, y0]
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      if ((grey[y * columns + x] ?? 0) < DARK) continue
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y + 1)
    }
  }
  return left < right && top < bottom ? { x: left, y: top, width: right - left, height: bottom - top } : null
}

function long(region: Dataset, tag: number): number {
  const value = region.value(tag)
  return value === null || value.length < 4 ? 0 : viewOf(value).getUint32(0, region.encoding.little)
}
