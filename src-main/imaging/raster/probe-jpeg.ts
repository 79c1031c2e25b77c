import type { ByteSource } from '../byte-source'
import type { Probe } from './probe'
import { exifOrientation } from './tiff-fields'

const EXIF = 'Exif\0\0'
/** Huffman tables, JPEG extensions and arithmetic conditioning lie among the markers of frame headers. */
const NO_FRAME_HEADERS = [0xc4, 0xc8, 0xcc]

/** JPEG: the first frame header, and orientation from the Exif segment before it (ITU-T T.81, annex B). */
export function probeJpeg(source: ByteSource): Probe | null {
  let orientation = 1
  for (let at = 2; at + 4 <= source.size; ) {
    const head = source.read(at, 10)
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
    if (view.getUint8(0) !== 0xff) return null
    const marker = view.getUint8(1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    const length = view.getUint16(2)
    if (marker === 0xe1 && length > 8) {
      const segment = source.read(at + 4, length - 2)
      if (String.fromCharCode(...segment.subarray(0, 6)) === EXIF)
        orientation = exifOrientation(segment.slice(6))
    }
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAME_HEADERS.includes(marker)) {
      const [rows, columns, components] = [view.getUint16(5), view.getUint16(7), view.getUint8(9)]
      const bits = view.getUint8(4)
      return { rows, columns, samples: components === 1 ? 1 : 3, bits, orientation, lossy: marker !== 0xc3 }
    }
    if (marker === 0xda || length < 2) return null
    at += 2 + length
  }
  return null
}
