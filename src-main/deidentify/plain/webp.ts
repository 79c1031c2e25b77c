import { exifOrientation } from '#main/imaging/raster/tiff-fields'
import type { Recorder } from '../recorder'
import { damaged } from './damaged'
import { minimalExif } from './minimal-exif'

const RIFF_HEADER = 12
const DRAWN = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF'])
/** Flags of VP8X (RFC 9649): profile, EXIF, XMP. */
const FLAGS = { profile: 0x20, exif: 0x08, xmp: 0x04 }

/** A WebP with its pixels and orientation alone. Throws IMAGE_CORRUPT. */
export function stripWebp(bytes: Uint8Array, recorder: Recorder): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: Uint8Array[] = []
  let orientation = 1
  for (let at = RIFF_HEADER; at + 8 <= bytes.length; ) {
    const type = Buffer.from(bytes.subarray(at, at + 4)).toString('latin1')
    const length = view.getUint32(at + 4, true)
    const end = at + 8 + length + (length % 2)
    if (at + 8 + length > bytes.length) throw damaged('a WebP chunk', `one that would end at byte ${end}`)
    if (type === 'EXIF') orientation = exifOrientation(withoutPrefix(bytes.slice(at + 8, at + 8 + length)))
    if (DRAWN.has(type)) parts.push(bytes.slice(at, end))
    else recorder.noteField(type.trim(), 'removed')
    at = end
  }
  const [first] = parts
  const extended = first !== undefined && Buffer.from(first.subarray(0, 4)).toString('latin1') === 'VP8X'
  if (extended) {
    first[8] = (first[8] ?? 0) & ~(FLAGS.profile | FLAGS.exif | FLAGS.xmp)
    if (orientation > 1) {
      first[8] |= FLAGS.exif
      parts.push(chunk('EXIF', minimalExif(orientation)))
    }
  }
  const head = Buffer.from('RIFF0000WEBP', 'latin1')
  head.writeUInt32LE(4 + parts.reduce((sum, part) => sum + part.length, 0), 4)
  return [new Uint8Array(head), ...parts]
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const head = Buffer.from(`${type}0000`, 'latin1')
  head.writeUInt32LE(data.length, 4)
  return new Uint8Array(Buffer.concat([head, data, new Uint8Array(data.length % 2)]))
}

/** Some writers put the prefix of the JPEG segment before the block. */
function withoutPrefix(block: Uint8Array): Uint8Array {
  return Buffer.from(block.subarray(0, 4)).toString('latin1') === 'Exif' ? block.slice(6) : block
}
