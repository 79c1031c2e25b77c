import type { ByteSource } from '../byte-source'
import type { Probe } from './probe'
import { exifOrientation } from './tiff-fields'

const RIFF_HEADER = 12
const CHUNK_HEADER = 8
const MAX_EXIF = 2 ** 20

/** WebP: the size in its VP8, VP8L or VP8X chunk, and orientation from its EXIF chunk (RFC 9649). */
export function probeWebp(source: ByteSource): Probe | null {
  let size: { rows: number; columns: number } | null = null
  let orientation = 1
  let lossy = true
  for (let at = RIFF_HEADER; at + CHUNK_HEADER <= source.size; ) {
    const head = source.read(at, CHUNK_HEADER + 10)
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
    const type = String.fromCharCode(...head.subarray(0, 4))
    const length = view.getUint32(4, true)
    if (type === 'VP8L') lossy = false
    size ??= sizeIn(type, view)
    if (type === 'EXIF' && length <= MAX_EXIF)
      orientation = exifOrientation(withoutPrefix(source.read(at + 8, length)))
    at += CHUNK_HEADER + length + (length % 2)
  }
  return size === null ? null : { ...size, samples: 3, bits: 8, orientation, lossy }
}

function sizeIn(type: string, view: DataView): { rows: number; columns: number } | null {
  if (type === 'VP8X') {
    const at = (offset: number) => view.getUint16(offset, true) + view.getUint8(offset + 2) * 0x10000 + 1
    return { columns: at(12), rows: at(15) }
  }
  if (type === 'VP8L') {
    const bits = view.getUint32(9, true)
    return { columns: (bits & 0x3fff) + 1, rows: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (type !== 'VP8 ') return null
  return { columns: view.getUint16(14, true) & 0x3fff, rows: view.getUint16(16, true) & 0x3fff }
}

/** Some writers put the prefix of the JPEG segment before the block. */
function withoutPrefix(block: Uint8Array): Uint8Array {
  return String.fromCharCode(...block.subarray(0, 4)) === 'Exif' ? block.slice(6) : block
}
