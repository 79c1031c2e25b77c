import { constants, inflateRawSync } from 'node:zlib'
import { LeptonError } from '#shared/domain/fault'
import { type ByteSource, memorySource } from '../byte-source'
import { latin1 } from './character-set'
import { Dataset, viewOf } from './dataset'
import { type Element, type Encoding, EXPLICIT_LITTLE, Incomplete, isVr, readElement } from './encoding'
import { Tag } from './tags'
import { EXPLICIT_LITTLE_UID, type TransferSyntax, transferSyntax } from './transfer-syntax'
import { endOfElement, tagName } from './walk'

/** A DICOM object read up to its pixel data. */
export interface ParsedObject {
  dataset: Dataset
  syntax: TransferSyntax
  /** Transfer Syntax UID as the meta group has it. */
  statedSyntax: string | null
  /** The pixel data element; its value lies in `source`. Null where there is none. */
  pixels: Element | null
  /** SOP class as the meta group has it; a DICOMDIR names it nowhere else. */
  mediaSopClass: string | null
  /** Why nothing behind some element could be read; null where the data set is whole up to its pixel data. */
  damage: LeptonError | null
  /** The file, or its inflated contents. */
  source: ByteSource
}

/** Bytes to begin with: most headers are shorter. */
export const FIRST_READ = 64 * 1024
const MAX_HEADER = 256 * 2 ** 20
/** While it unfolds, twice as much is held. */
const MAX_INFLATED = 192 * 2 ** 20
const PREAMBLE = 128
const META_GROUP = 0x0002
const pixelTags: ReadonlySet<number> = new Set([Tag.PixelData, Tag.FloatPixelData, Tag.DoubleFloatPixelData])

/**
 * Parses a DICOM object, with or without preamble and meta group, reading no further than its pixel data.
 * `head` are the first bytes, where they have been read already. Throws DICOM_INVALID.
 */
export function parseObject(file: ByteSource, head = file.head(FIRST_READ)): ParsedObject {
  const { uid, mediaSopClass, start } = readMeta(head)
  const syntax = transferSyntax(uid ?? '')
  const source = syntax.deflated ? inflated(file, start) : file
  const first = syntax.deflated ? source.head(FIRST_READ) : head
  const begin = syntax.deflated ? 0 : start
  const encoding = observedEncoding(first, begin, syntax.encoding)
  const { dataset, pixels, damage } = readDataset(source, first, begin, encoding)
  const known =
    uid === null ? transferSyntax(encoding.explicit ? EXPLICIT_LITTLE_UID : '1.2.840.10008.1.2') : syntax
  return { dataset, syntax: known, statedSyntax: uid, pixels, mediaSopClass, damage, source }
}

interface Meta {
  uid: string | null
  mediaSopClass: string | null
  /** Where the data set starts. */
  start: number
}

function readMeta(head: Uint8Array): Meta {
  const view = viewOf(head)
  const prefixed = latin1(head.subarray(PREAMBLE, PREAMBLE + 4)) === 'DICM'
  const meta: Meta = { uid: null, mediaSopClass: null, start: prefixed ? PREAMBLE + 4 : 0 }
  while (meta.start + 8 <= head.length && view.getUint16(meta.start, true) === META_GROUP) {
    const element = readElement(view, meta.start, EXPLICIT_LITTLE)
    const end = element.offset + element.length
    if (end > head.length) throw invalid('a meta group', `${tagName(element.tag)} of ${element.length} bytes`)
    const value = () => latin1(head.subarray(element.offset, end)).replace(/[\s\0]+$/, '') || null
    if (element.tag === Tag.TransferSyntaxUID) meta.uid = value()
    if (element.tag === Tag.MediaStorageSOPClassUID) meta.mediaSopClass = value()
    meta.start = end
  }
  return meta
}

/** What the first element shows of its encoding; files exist whose meta group says otherwise. */
function observedEncoding(bytes: Uint8Array, start: number, stated: Encoding): Encoding {
  if (start + 12 > bytes.length) return stated
  const view = viewOf(bytes)
  const [first, second] = [view.getUint8(start + 4), view.getUint8(start + 5)]
  const letters = /^[A-Z]{2}$/.test(String.fromCharCode(first, second))
  const explicit = isVr(first, second) || (stated.explicit && letters)
  const low = view.getUint16(start, true) <= view.getUint16(start, false)
  if (low === stated.little) return { little: stated.little, explicit }
  const fits = (little: boolean) => fitsWithin(view, start, { little, explicit })
  return { little: fits(stated.little) && !fits(low) ? stated.little : low, explicit }
}

/** Whether an element read this way ends within the bytes at hand. */
function fitsWithin(view: DataView, start: number, encoding: Encoding): boolean {
  const { offset, length } = readElement(view, start, encoding)
  return offset + length <= view.byteLength
}

function readDataset(source: ByteSource, first: Uint8Array, start: number, encoding: Encoding) {
  const elements = new Map<number, Element>()
  let bytes = first
  let view = viewOf(bytes)
  let position = start
  let pixels: Element | null = null
  let damage: LeptonError | null = null
  while (position + 8 <= source.size) {
    try {
      const element = readElement(view, position, encoding)
      if (pixelTags.has(element.tag)) {
        pixels = element
        break
      }
      const end = endOfElement(view, element, encoding)
      if (end > bytes.length) throw new Incomplete(end)
      elements.set(element.tag, element)
      position = end
    } catch (error) {
      const next = error instanceof Incomplete ? grown(source, bytes, error.needed, position) : error
      if (next instanceof Uint8Array) {
        bytes = next
        view = viewOf(bytes)
        continue
      }
      if (!(next instanceof LeptonError) || elements.size === 0) throw next
      damage = next
      break
    }
  }
  return { dataset: new Dataset(bytes, encoding, elements), pixels, damage }
}

/** More of the source, or why there is no more. */
function grown(source: ByteSource, bytes: Uint8Array, needed: number, position: number) {
  if (needed > source.size || bytes.length >= source.size) {
    return invalid(`${needed} bytes`, `${source.size}, the file ends within the element at byte ${position}`)
  }
  const wanted = Math.min(source.size, Math.max(needed + FIRST_READ, bytes.length * 4))
  if (needed > MAX_HEADER)
    return invalid(`pixel data within ${MAX_HEADER} bytes`, `none before byte ${needed}`)
  return source.head(Math.min(wanted, MAX_HEADER))
}

function inflated(file: ByteSource, start: number): ByteSource {
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_INFLATED }
    return memorySource(inflateRawSync(file.read(start, file.size - start), options))
  } catch (cause) {
    throw new LeptonError('DICOM_INVALID', {
      expected: `a deflated data set of at most ${MAX_INFLATED / 2 ** 20} MB`,
      received: String(cause),
      cause,
    })
  }
}

function invalid(expected: string, received: string): LeptonError {
  return new LeptonError('DICOM_INVALID', { expected, received, remedy: 'Ask for the file again.' })
}
