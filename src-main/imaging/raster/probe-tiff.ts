import type { ByteSource } from '../byte-source'
import type { Probe } from './probe'
import { orientationOf, tiffFields } from './tiff-fields'

const COLUMNS = 0x0100
const ROWS = 0x0101
const BITS = 0x0102
const COMPRESSION = 0x0103
const PHOTOMETRIC = 0x0106
/** WhiteIsZero and BlackIsZero; the others are colour. */
const GREY = [0, 1]
const JPEG_COMPRESSIONS = [6, 7]

/** TIFF: the first image file directory (TIFF 6.0, section 2). */
export function probeTiff(source: ByteSource): Probe | null {
  const fields = tiffFields((offset, length) => source.read(offset, length))
  const first = (tag: number) => fields?.get(tag)?.[0]
  const [columns, rows] = [first(COLUMNS), first(ROWS)]
  if (columns === undefined || rows === undefined) return null
  return {
    rows,
    columns,
    samples: GREY.includes(first(PHOTOMETRIC) ?? 1) ? 1 : 3,
    bits: first(BITS) ?? 1,
    orientation: orientationOf(fields),
    lossy: JPEG_COMPRESSIONS.includes(first(COMPRESSION) ?? 1),
  }
}
