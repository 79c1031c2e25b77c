import { decodeText } from '#main/imaging/dicom/character-set'
import { type Level, type PlacedElement, valueBytes } from './level'

/** VRs whose values are text of people, in the character set of the object or plain. */
const TEXT = new Set(['AE', 'CS', 'LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UR', 'UT'])

export function isText(vr: string): boolean {
  return TEXT.has(vr)
}

/** All values with their backslashes, without padding. */
export function textOf(level: Level, placed: PlacedElement): string {
  return decodeText(valueBytes(level, placed), level.characterSets).replace(/^[\s\0]+|[\s\0]+$/g, '')
}

/** The bytes of changed text; null where its characters cannot be written in the object's character set. */
export function bytesOf(text: string, { characterSets }: Level): Uint8Array | null {
  if ([...text].every((character) => character < '\u0080')) return Buffer.from(text, 'latin1')
  const [set = '', ...more] = characterSets
  if (more.length > 0) return null
  if (set === 'ISO_IR 192') return Buffer.from(text, 'utf8')
  const latin = set === 'ISO_IR 100' && [...text].every((character) => character <= 'ÿ')
  return latin ? Buffer.from(text, 'latin1') : null
}
