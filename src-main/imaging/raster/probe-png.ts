import type { ByteSource } from '../byte-source'
import type { Probe } from './probe'
import { exifOrientation } from './tiff-fields'

const SIGNATURE = 8
const CHUNK_HEADER = 8
const CHUNK_TAIL = 4
const MAX_EXIF = 2 ** 20
/** Grey, and grey with alpha; the others are RGB, palette and RGB with alpha. */
const GREY = [0, 4]

/** PNG: the IHDR chunk, and eXIf where there is one before the pixels (PNG, 11.2.1 and 11.3.2.5). */
export function probePng(source: ByteSource): Probe | null {
  let found: Probe | null = null
  for (let at = SIGNATURE; at + CHUNK_HEADER < source.size; ) {
    const view = viewOf(source.read(at, CHUNK_HEADER + 13))
    const length = view.getUint32(0)
    const type = String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(offset)))
    if (type === 'IHDR') {
      const grey = GREY.includes(view.getUint8(17))
      const bits = grey || view.getUint8(17) !== 3 ? view.getUint8(16) : 8
      const [columns, rows] = [view.getUint32(8), view.getUint32(12)]
      found = { rows, columns, samples: grey ? 1 : 3, bits, orientation: 1, lossy: false }
    }
    if (found === null || type === 'IDAT') return found
    if (type === 'eXIf' && length <= MAX_EXIF) {
      return { ...found, orientation: exifOrientation(source.read(at + CHUNK_HEADER, length)) }
    }
    at += CHUNK_HEADER + length + CHUNK_TAIL
  }
  return found
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
