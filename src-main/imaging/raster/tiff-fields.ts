/** Widths of the TIFF field types this reader uses: BYTE, SHORT, LONG. */
const widths: Record<number, number> = { 1: 1, 3: 2, 4: 4 }

const ORIENTATION = 0x0112

/**
 * The whole-number fields of the first image file directory of a TIFF structure, as TIFF files and EXIF blocks have
 * it. `read` gives the bytes of a range, counted from the start of the structure. Null where there is none.
 */
export function tiffFields(
  read: (offset: number, length: number) => Uint8Array,
): Map<number, number[]> | null {
  const head = read(0, 8)
  const order = String.fromCharCode(...head.subarray(0, 2))
  if (head.length < 8 || (order !== 'II' && order !== 'MM')) return null
  const little = order === 'II'
  const view = (offset: number, length: number) => {
    const bytes = read(offset, length)
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  const start = view(4, 4).getUint32(0, little)
  const count = view(start, 2).getUint16(0, little)
  const entries = view(start + 2, count * 12)
  const fields = new Map<number, number[]>()
  for (let at = 0; at + 12 <= entries.byteLength; at += 12) {
    const width = widths[entries.getUint16(at + 2, little)]
    const values = entries.getUint32(at + 4, little)
    if (width === undefined || values > 16) continue
    const inline = values * width <= 4
    const data = inline ? entries : view(entries.getUint32(at + 8, little), values * width)
    const from = inline ? at + 8 : 0
    const value = (index: number) => {
      const place = from + index * width
      if (width === 1) return data.getUint8(place)
      return width === 2 ? data.getUint16(place, little) : data.getUint32(place, little)
    }
    fields.set(
      entries.getUint16(at, little),
      Array.from({ length: values }, (_, index) => value(index)),
    )
  }
  return fields
}

/** EXIF orientation 1 to 8 of a block of EXIF data; 1 where it says nothing sensible. */
export function exifOrientation(block: Uint8Array): number {
  try {
    return orientationOf(tiffFields((offset, length) => block.subarray(offset, offset + length)))
  } catch {
    return 1
  }
}

export function orientationOf(fields: ReadonlyMap<number, number[]> | null): number {
  const value = fields?.get(ORIENTATION)?.[0] ?? 1
  return value >= 1 && value <= 8 ? value : 1
}
