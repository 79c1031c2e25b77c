import { latin1 } from './character-set'

/** Bytes before the prefix `DICM`, which other software reads first (PS3.10, 7.1). */
export const PREAMBLE_LENGTH = 128

const ZEROS = Buffer.alloc(PREAMBLE_LENGTH)

const beginnings: readonly (readonly [magic: string, name: string])[] = [
  ['MZ', 'a Windows program'],
  ['\x7fELF', 'a Linux program'],
  ['\xfe\xed\xfa\xce', 'a macOS program'],
  ['\xfe\xed\xfa\xcf', 'a macOS program'],
  ['\xce\xfa\xed\xfe', 'a macOS program'],
  ['\xcf\xfa\xed\xfe', 'a macOS program'],
  ['\xca\xfe\xba\xbe', 'a Java or macOS program'],
  ['#!', 'a script'],
  ['PK\x03\x04', 'a ZIP archive'],
  ['Rar!', 'an RAR archive'],
  ['7z\xbc\xaf\x27\x1c', 'a 7-Zip archive'],
  ['\xd0\xcf\x11\xe0', 'an Office document'],
]

/** What other software may find anywhere in it. */
const within: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/%PDF-/, 'a PDF document'],
  [/<(!doctype|html|head|body|script|svg|iframe|img)\b/i, 'a web page'],
  [/<\?(php|xml)/i, 'a script or XML document'],
]

/**
 * What a DICOM file also is by its preamble, if it is something that other software runs or opens: a program, a
 * script, an archive or a document. Null for the zeros of most files, and for what is harmless, such as TIFF.
 */
export function disguiseOf(head: Uint8Array): string | null {
  if (latin1(head.subarray(PREAMBLE_LENGTH, PREAMBLE_LENGTH + 4)) !== 'DICM') return null
  if (ZEROS.equals(head.subarray(0, PREAMBLE_LENGTH))) return null
  const preamble = latin1(head.subarray(0, PREAMBLE_LENGTH))
  const found =
    beginnings.find(([magic]) => preamble.startsWith(magic)) ??
    within.find(([pattern]) => pattern.test(preamble))
  return found?.[1] ?? null
}
