import { LeptonError } from '#shared/domain/fault'
import type { Recorder } from '../recorder'
import { damaged } from './damaged'

/** Bytes of a value by field type (TIFF 6.0). */
const widths = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4]
const MOST_DIRECTORIES = 4096

/** Fields that the picture is drawn from: size, layout, compression, colours, resolution, orientation, tiles. */
const DRAWN: ReadonlySet<number> = new Set([
  254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284,
  288, 289, 290, 291, 292, 293, 296, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 326, 327, 328, 332,
  334, 336, 338, 339, 340, 341, 342, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532,
])

/**
 * A TIFF whose directories keep the fields that the picture is drawn from; the values of all others are overwritten
 * with zeros where they stand. Throws IMAGE_CORRUPT, and IMAGE_UNSUPPORTED for BigTIFF.
 */
export function stripTiff(original: Uint8Array, recorder: Recorder): Uint8Array[] {
  const bytes = original.slice()
  const view = new DataView(bytes.buffer)
  const little = bytes[0] === 0x49
  if (view.getUint16(2, little) !== 42) {
    throw new LeptonError('IMAGE_UNSUPPORTED', { expected: 'a TIFF below 4 GB', received: 'BigTIFF' })
  }
  const visited = new Set<number>()
  for (let at = view.getUint32(4, little); at !== 0; at = stripDirectory(view, bytes, at, little, recorder)) {
    if (visited.has(at) || visited.size > MOST_DIRECTORIES) throw damaged('directories in a row', 'a loop')
    visited.add(at)
  }
  return [bytes]
}

/** Moves the entries that stay together. Returns where the next directory is. */
function stripDirectory(
  view: DataView,
  bytes: Uint8Array,
  start: number,
  little: boolean,
  recorder: Recorder,
): number {
  const count = start + 2 <= bytes.length ? view.getUint16(start, little) : 0
  const end = start + 2 + count * 12
  if (count === 0 || end + 4 > bytes.length) throw damaged('a TIFF directory', `none at byte ${start}`)
  const next = view.getUint32(end, little)
  const kept: Uint8Array[] = []
  for (let at = start + 2; at < end; at += 12) {
    const tag = view.getUint16(at, little)
    if (DRAWN.has(tag)) {
      kept.push(bytes.slice(at, at + 12))
      continue
    }
    const length = (widths[view.getUint16(at + 2, little)] ?? 1) * view.getUint32(at + 4, little)
    const offset = view.getUint32(at + 8, little)
    if (length > 4 && offset + length <= bytes.length) bytes.fill(0, offset, offset + length)
    recorder.noteField(`TIFF ${tag}`, 'removed')
  }
  bytes.fill(0, start, end + 4)
  view.setUint16(start, kept.length, little)
  for (const [index, entry] of kept.entries()) bytes.set(entry, start + 2 + index * 12)
  view.setUint32(start + 2 + kept.length * 12, next, little)
  return next
}
