import { exifOrientation } from '#main/imaging/raster/tiff-fields'
import type { Recorder } from '../recorder'
import { damaged } from './damaged'
import { minimalExif } from './minimal-exif'

const START = 0xd8
const END = 0xd9
const SCAN = 0xda
const COMMENT = 0xfe
const EXIF = 'Exif\0\0'

/**
 * A JPEG with its coded picture, colour transform and orientation alone: application segments (EXIF with places and
 * times, XMP, IPTC, previews, profiles) and comments go, and whatever follows the picture. Throws IMAGE_CORRUPT.
 */
export function stripJpeg(bytes: Uint8Array, recorder: Recorder): Uint8Array[] {
  const parts: Uint8Array[] = [bytes.subarray(0, 2)]
  const segments = segmentsOf(bytes)
  const orientation = orientationOf(bytes, segments)
  if (orientation > 1) parts.push(exifSegment(orientation))
  for (const { marker, start, end } of segments) {
    const name = Buffer.from(bytes.subarray(start + 4, start + 9)).toString('latin1')
    if (isMetadata(marker, name))
      recorder.noteField(marker === COMMENT ? 'COM' : `APP${marker - 0xe0}`, 'removed')
    else if (marker === 0xe0) parts.push(withoutPreview(bytes.subarray(start, end)))
    else parts.push(bytes.subarray(start, end))
  }
  return parts
}

/** JFIF says the density, Adobe the colour transform: both are needed. */
function isMetadata(marker: number, name: string): boolean {
  if (marker === COMMENT) return true
  if (marker === 0xe0) return name !== 'JFIF\0'
  if (marker === 0xee) return name !== 'Adobe'
  return marker > 0xe0 && marker <= 0xef
}

interface Segment {
  marker: number
  start: number
  /** Of a scan, behind its coded data. */
  end: number
}

function segmentsOf(bytes: Uint8Array): Segment[] {
  const segments: Segment[] = []
  for (let at = 2; at + 2 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0
    if (bytes[at] !== 0xff) throw damaged('a JPEG marker', `byte ${at} is none`)
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === END) return [...segments, { marker, start: at, end: at + 2 }]
    const alone = marker === START || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)
    const length = alone ? 0 : (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0)
    const header = at + 2 + length
    const end = marker === SCAN ? endOfScan(bytes, header) : header
    if ((!alone && length < 2) || end > bytes.length)
      throw damaged('a JPEG segment', 'one that ends too late')
    segments.push({ marker, start: at, end })
    at = end
  }
  throw damaged('an end of the JPEG', 'none')
}

/** Coded data end before the next marker that is no stuffed byte or restart. */
function endOfScan(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}

function orientationOf(bytes: Uint8Array, segments: readonly Segment[]): number {
  const exif = segments.find(
    ({ marker, start }) =>
      marker === 0xe1 && Buffer.from(bytes.subarray(start + 4, start + 10)).toString('latin1') === EXIF,
  )
  return exif ? exifOrientation(bytes.slice(exif.start + 10, exif.end)) : 1
}

function exifSegment(orientation: number): Uint8Array {
  const content = Buffer.concat([Buffer.from(EXIF, 'latin1'), minimalExif(orientation)])
  const length = content.length + 2
  return new Uint8Array(Buffer.concat([Uint8Array.of(0xff, 0xe1, length >> 8, length & 0xff), content]))
}

/** A JFIF segment may end with a small copy of the picture. */
function withoutPreview(segment: Uint8Array): Uint8Array {
  const short = segment.slice(0, 18)
  short.set([0, 16], 2)
  short.set([0, 0], 16)
  return short
}
