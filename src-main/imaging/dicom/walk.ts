import { LeptonError } from '#shared/domain/fault'
import { type Element, type Encoding, IMPLICIT_LITTLE, readElement, UNDEFINED_LENGTH } from './encoding'

const ITEM = 0xfffee000
const ITEM_END = 0xfffee00d
const SEQUENCE_END = 0xfffee0dd

/** Sequences deeper than this are refused; real objects stay below ten. */
const MAX_DEPTH = 48

/** One item of a sequence: where its elements start and stop, and where the next item may start. */
export interface ItemRange {
  start: number
  contentEnd: number
  end: number
}

/** Encoding inside an element: UN of undefined length holds an implicit little endian sequence (PS3.5, 6.2.2). */
export function innerEncoding(element: Element, encoding: Encoding): Encoding {
  return element.vr === 'UN' ? IMPLICIT_LITTLE : encoding
}

/** Position after an element, delimiters included. Throws Incomplete and DICOM_INVALID. */
export function endOfElement(view: DataView, element: Element, encoding: Encoding, depth = 0): number {
  if (element.length !== UNDEFINED_LENGTH) return element.offset + element.length
  let end = element.offset
  for (const item of items(view, element, innerEncoding(element, encoding), depth)) end = item.end
  return readElement(view, end, encoding).offset
}

/** The items of a sequence, one after the other. Throws Incomplete and DICOM_INVALID. */
export function* items(
  view: DataView,
  sequence: Element,
  encoding: Encoding,
  depth = 0,
): Generator<ItemRange> {
  if (depth > MAX_DEPTH) throw invalid(`at most ${MAX_DEPTH} nested sequences`, 'more')
  const limit = sequence.length === UNDEFINED_LENGTH ? Infinity : sequence.offset + sequence.length
  let position = sequence.offset
  while (position + 8 <= limit) {
    const item = readElement(view, position, encoding)
    if (item.tag === SEQUENCE_END) return
    if (item.tag !== ITEM) throw invalid('a sequence item', tagName(item.tag))
    const contentEnd =
      item.length === UNDEFINED_LENGTH
        ? endOfContent(view, item.offset, encoding, depth)
        : item.offset + item.length
    position = item.length === UNDEFINED_LENGTH ? contentEnd + 8 : contentEnd
    yield { start: item.offset, contentEnd, end: position }
  }
}

function endOfContent(view: DataView, start: number, encoding: Encoding, depth: number): number {
  let position = start
  for (;;) {
    const element = readElement(view, position, encoding)
    if (element.tag === ITEM_END) return position
    position = endOfElement(view, element, encoding, depth + 1)
  }
}

/** `(gggg,eeee)`. */
export function tagName(tag: number): string {
  const hex = tag.toString(16).padStart(8, '0')
  return `(${hex.slice(0, 4)},${hex.slice(4)})`
}

function invalid(expected: string, received: string): LeptonError {
  return new LeptonError('DICOM_INVALID', { expected, received, remedy: 'Ask for the file again.' })
}
