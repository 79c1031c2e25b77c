import { encode } from 'fast-png'

/** Encodes 8-bit grey pixels, row by row, as a PNG; quick rather than small. */
export function encodePng(rows: number, columns: number, data: Uint8Array): Uint8Array {
  return encode({ width: columns, height: rows, data, channels: 1, depth: 8 }, { zlib: { level: 1 } })
}
