import { LeptonError } from '#shared/domain/fault'
import type { ByteSource } from '../byte-source'
import type { Dataset } from './dataset'
import { viewOf } from './dataset'
import type { Element } from './encoding'
import { Tag } from './tags'

/** A piece of compressed data in the source. */
interface Fragment {
  /** Of the value, behind its item header. */
  offset: number
  length: number
}

/** The fragments of every frame, in order. */
export type FrameFragments = readonly (readonly Fragment[])[]

const ITEM = 0xfffee000
const ITEM_HEADER = 8

/**
 * Finds the fragments of each frame in encapsulated pixel data (PS3.5, A.4): by the extended or basic offset table
 * where it is sound, else one fragment a frame, else by the start of a code stream. Reads item headers only.
 * Throws PIXELS_CORRUPT.
 */
export function findFragments(
  source: ByteSource,
  pixels: Element,
  dataset: Dataset,
  frames: number,
): FrameFragments {
  const [table, ...fragments] = readItems(source, pixels.offset)
  if (table === undefined || fragments.length === 0) throw corrupt('fragments of pixel data', 'none')
  if (frames === 1) return [fragments]
  const start = table.offset + table.length
  const basic = viewOf(source.read(table.offset, table.length))
  const offsets = Array.from({ length: table.length >> 2 }, (_, index) => basic.getUint32(index * 4, true))
  return (
    byExtendedTable(source, dataset, start, frames) ??
    byOffsets(fragments, offsets, start, frames) ??
    (fragments.length === frames ? fragments.map((fragment) => [fragment]) : byStart(source, fragments))
  )
}

/** Whether the file ends before the encapsulated pixel data do. */
export function isCutOff(source: ByteSource, pixels: Element): boolean {
  const last = readItems(source, pixels.offset).at(-1)
  return last === undefined || last.offset + last.length + ITEM_HEADER > source.size
}

/** The compressed bytes of a frame in one piece. */
export function readFragments(source: ByteSource, fragments: readonly Fragment[]): Uint8Array {
  const pieces = fragments.map(({ offset, length }) => {
    const piece = source.read(offset, length)
    if (piece.length < length) throw corrupt(`${length} bytes in a fragment`, String(piece.length))
    return piece
  })
  return pieces.length === 1 && pieces[0] ? pieces[0] : new Uint8Array(Buffer.concat(pieces))
}

function readItems(source: ByteSource, start: number): Fragment[] {
  const found: Fragment[] = []
  for (let position = start; position + ITEM_HEADER <= source.size; ) {
    const view = viewOf(source.read(position, ITEM_HEADER))
    const tag = view.getUint16(0, true) * 0x10000 + view.getUint16(2, true)
    if (tag !== ITEM) break
    const length = view.getUint32(4, true)
    found.push({ offset: position + ITEM_HEADER, length })
    position += ITEM_HEADER + length
  }
  return found
}

function byExtendedTable(source: ByteSource, dataset: Dataset, start: number, frames: number) {
  const offsets = dataset.longs(Tag.ExtendedOffsetTable)
  const lengths = dataset.longs(Tag.ExtendedOffsetTableLengths)
  if (offsets.length !== frames || lengths.length !== frames) return null
  const found = offsets.map((offset, index) => ({
    offset: start + offset + ITEM_HEADER,
    length: lengths[index] ?? 0,
  }))
  return found.every(({ offset, length }) => offset + length <= source.size)
    ? found.map((frame) => [frame])
    : null
}

function byOffsets(
  fragments: readonly Fragment[],
  offsets: readonly number[],
  start: number,
  frames: number,
) {
  if (offsets.length !== frames) return null
  const place = new Map(fragments.map(({ offset }, index) => [offset - ITEM_HEADER - start, index]))
  const first = offsets.map((offset) => place.get(offset))
  const found: Fragment[][] = []
  for (const [frame, from] of first.entries()) {
    const to = frame + 1 < frames ? first[frame + 1] : fragments.length
    if (from === undefined || to === undefined || to <= from) return null
    found.push(fragments.slice(from, to))
  }
  return found
}

/** JPEG and JPEG-LS start with FFD8, JPEG 2000 with FF4F, its boxes with 0000000C. */
function byStart(source: ByteSource, fragments: readonly Fragment[]): Fragment[][] {
  const found: Fragment[][] = []
  for (const fragment of fragments) {
    const [a, b, c, d] = source.read(fragment.offset, 4)
    const starts = (a === 0xff && (b === 0xd8 || b === 0x4f)) || (a === 0 && b === 0 && c === 0 && d === 0x0c)
    if (starts || found.length === 0) found.push([fragment])
    else found.at(-1)?.push(fragment)
  }
  return found
}

function corrupt(expected: string, received: string): LeptonError {
  return new LeptonError('PIXELS_CORRUPT', { expected, received })
}
