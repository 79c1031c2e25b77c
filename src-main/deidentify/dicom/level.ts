import { latin1 } from '#main/imaging/dicom/character-set'
import { dictionaryEntry } from '#main/imaging/dicom/data-dictionary'
import { type Dataset, viewOf } from '#main/imaging/dicom/dataset'
import {
  type Element,
  type Encoding,
  headerLength,
  Incomplete,
  readElement,
} from '#main/imaging/dicom/encoding'
import { Tag } from '#main/imaging/dicom/tags'
import { endOfElement, innerEncoding, items } from '#main/imaging/dicom/walk'
import { LeptonError } from '#shared/domain/fault'

/** An element with the bytes it takes, delimiters included, and the VR it is meant to have. */
export interface PlacedElement {
  element: Element
  start: number
  end: number
  /** As written, else as in PS3.6, else UN. */
  vr: string
}

/** The elements of a data set or of one item of a sequence, in the order of the file. */
export interface Level {
  bytes: Uint8Array
  encoding: Encoding
  elements: PlacedElement[]
  characterSets: readonly string[]
  depth: number
}

/** One item of a sequence and whether its length was left undefined. */
export interface ItemLevel extends Level {
  delimited: boolean
}

/** The outermost level of a data set. Throws DICOM_INVALID. */
export function topLevel({ bytes, encoding, elements }: Dataset): Level {
  const view = viewOf(bytes)
  const placed = [...elements.values()].map((element) => ({
    element,
    start: element.offset - headerLength(element, encoding),
    end: complete(() => endOfElement(view, element, encoding)),
    vr: meantVr(element),
  }))
  return level(bytes, encoding, placed, [], 0)
}

/** The items of a sequence. Throws DICOM_INVALID. */
export function itemLevels(parent: Level, { element }: PlacedElement): ItemLevel[] {
  const { bytes, characterSets, depth } = parent
  const encoding = innerEncoding(element, parent.encoding)
  const view = viewOf(bytes)
  return complete(() =>
    [...items(view, element, encoding, depth)].map(({ start, contentEnd, end }) => {
      if (end > bytes.length) throw new Incomplete(end)
      const placed = placedElements(view, start, contentEnd, encoding)
      return { ...level(bytes, encoding, placed, characterSets, depth + 1), delimited: end !== contentEnd }
    }),
  )
}

/** Value bytes of an element with a length of its own. */
export function valueBytes({ bytes }: Level, { element }: PlacedElement): Uint8Array {
  return bytes.subarray(element.offset, element.offset + element.length)
}

function placedElements(view: DataView, start: number, end: number, encoding: Encoding): PlacedElement[] {
  const placed: PlacedElement[] = []
  for (let position = start; position + 8 <= end; ) {
    const element = readElement(view, position, encoding)
    const next = endOfElement(view, element, encoding)
    if (next > end) throw new Incomplete(next)
    placed.push({ element, start: position, end: next, vr: meantVr(element) })
    position = next
  }
  return placed
}

function level(
  bytes: Uint8Array,
  encoding: Encoding,
  elements: PlacedElement[],
  inherited: readonly string[],
  depth: number,
): Level {
  const own = elements.find(({ element }) => element.tag === Tag.SpecificCharacterSet)?.element
  const text = own ? latin1(bytes.subarray(own.offset, own.offset + own.length)).replace(/[\s\0]+$/, '') : ''
  const characterSets = text === '' ? inherited : text.split('\\').map((term) => term.trim())
  return { bytes, encoding, elements, characterSets, depth }
}

function meantVr({ tag, vr }: Element): string {
  if (vr !== '' && vr !== 'UN') return vr
  return dictionaryEntry(tag)?.vr ?? 'UN'
}

function complete<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Incomplete)) throw error
    throw new LeptonError('DICOM_INVALID', {
      expected: 'sequences that end where they say',
      received: `one that would end at byte ${error.needed}`,
      remedy: 'Ask for the file again.',
    })
  }
}
