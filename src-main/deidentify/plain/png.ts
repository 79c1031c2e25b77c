import { crc32 } from 'node:zlib'
import { exifOrientation } from '#main/imaging/raster/tiff-fields'
import type { Recorder } from '../recorder'
import { damaged } from './damaged'
import { minimalExif } from './minimal-exif'

const SIGNATURE = 8
/** Chunks that the picture is drawn from; all others are texts, times and blocks of metadata (PNG, third edition). */
const DRAWN = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT'.split(' '),
)

/** A PNG with its pixels, colours and orientation alone. Throws IMAGE_CORRUPT. */
export function stripPng(bytes: Uint8Array, recorder: Recorder): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts = [bytes.subarray(0, SIGNATURE)]
  for (let at = SIGNATURE; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    const end = at + 12 + length
    if (end > bytes.length) throw damaged('a PNG chunk', `one that would end at byte ${end}`)
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1')
    if (DRAWN.has(type)) parts.push(bytes.subarray(at, end))
    else recorder.noteField(type, 'removed')
    if (type === 'eXIf') {
      const orientation = exifOrientation(bytes.slice(at + 8, at + 8 + length))
      if (orientation > 1) parts.push(chunk('eXIf', minimalExif(orientation)))
    }
    if (type === 'IEND') return parts
    at = end
  }
  throw damaged('an end of the PNG', 'none')
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const result = Buffer.alloc(typed.length + 8)
  result.writeUInt32BE(data.length, 0)
  result.set(typed, 4)
  result.writeUInt32BE(crc32(typed), typed.length + 4)
  return new Uint8Array(result)
}
