import { constants, gunzipSync } from 'node:zlib'
import { LeptonError } from '#shared/domain/fault'
import type { ImageFormat } from '#shared/domain/image'
import { isVr } from './dicom/encoding'

/** How many bytes of a file are enough to know it. */
export const SNIFF_LENGTH = 1024

const PREAMBLE = 128

/** The format of a file by its first bytes. Throws FORMAT_UNKNOWN, or NIFTI_INVALID for half of a pair. */
export function sniff(head: Uint8Array): ImageFormat {
  const format = byMagic(head) ?? (isNifti(gunzipped(head) ?? head) ? 'nifti' : null)
  if (format !== null) return format
  if (looksLikeDicom(head)) return 'dicom'
  throw new LeptonError('FORMAT_UNKNOWN', {
    expected: 'DICOM, NIfTI, NRRD, PNG, JPEG, TIFF or WebP',
    received: firstBytes(head),
  })
}

function byMagic(head: Uint8Array): ImageFormat | null {
  const at = (offset: number, length: number) => ascii(head, offset, length)
  if (at(PREAMBLE, 4) === 'DICM') return 'dicom'
  if (at(0, 7) === 'NRRD000') return 'nrrd'
  if (at(0, 8) === '\x89PNG\r\n\x1a\n') return 'png'
  if (at(0, 3) === '\xff\xd8\xff') return isJpegLs(head) ? null : 'jpeg'
  if (at(0, 4) === 'II*\0' || at(0, 4) === 'MM\0*' || at(0, 4) === 'II+\0' || at(0, 4) === 'MM\0+')
    return 'tiff'
  return at(0, 4) === 'RIFF' && at(8, 4) === 'WEBP' ? 'webp' : null
}

/** JPEG-LS begins like JPEG, but its frame header is FFF7. */
function isJpegLs(head: Uint8Array): boolean {
  return head[3] === 0xf7
}

/** NIfTI-1 has 348 in its first four bytes and a magic at 344, NIfTI-2 has 540 and a magic at 4. */
function isNifti(head: Uint8Array): boolean {
  if (head.length < 348) return false
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const sizes = [view.getInt32(0, true), view.getInt32(0, false)]
  const magic = sizes.includes(348) ? ascii(head, 344, 3) : sizes.includes(540) ? ascii(head, 4, 3) : ''
  if (magic === 'ni1' || magic === 'ni2') {
    throw new LeptonError('NIFTI_INVALID', {
      expected: 'one file with header and image (.nii, .nii.gz)',
      received: 'the header of a pair (.hdr, .img)',
      remedy: 'Convert the pair to a single .nii file.',
    })
  }
  return magic === 'n+1' || magic === 'n+2'
}

function gunzipped(head: Uint8Array): Uint8Array | null {
  if (head[0] !== 0x1f || head[1] !== 0x8b) return null
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 2 ** 24 })
  } catch {
    return null
  }
}

/** Without preamble: a first element of group 2 or 8, in either byte order, with a VR or a sensible length. */
function looksLikeDicom(head: Uint8Array): boolean {
  const [g0 = 0, g1 = 0, e0 = 0, e1 = 0, v0 = 0, v1 = 0, l2 = 0, l3 = 0] = head
  const [group, element] = g1 === 0 ? [g0, e1 * 256 + e0] : g0 === 0 ? [g1, e0 * 256 + e1] : [0, 0]
  if (head.length < 8 || (group !== 2 && group !== 8) || element > 0x0fff) return false
  return isVr(v0, v1) || (v1 === 0 && l2 === 0 && l3 === 0) || (g0 === 0 && v0 === 0 && v1 === 0)
}

/** The first bytes in words: text where they are text, else hex. */
function firstBytes(head: Uint8Array): string {
  if (ascii(head, 0, 2) === 'PK') return 'a ZIP archive'
  if (ascii(head, 0, 4) === '%PDF') return 'a PDF document'
  if (ascii(head, 0, 4) === 'GIF8') return 'a GIF picture'
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip data that is not NIfTI'
  if (ascii(head, 0, 3) === '\xff\xd8\xff') return 'a bare JPEG-LS stream'
  if (ascii(head, 0, 4) === '\xff\x4f\xff\x51') return 'a bare JPEG 2000 stream'
  const start = head.subarray(0, 16)
  if (start.every((byte) => byte >= 0x20 && byte < 0x7f))
    return `text that begins with “${ascii(start, 0, 16)}”`
  return `bytes ${Buffer.from(start).toString('hex')}…`
}

function ascii(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length))
}
