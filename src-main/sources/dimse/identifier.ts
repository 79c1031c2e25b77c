import { Dataset, viewOf } from '#main/imaging/dicom/dataset'
import { type Element, IMPLICIT_LITTLE, readElement } from '#main/imaging/dicom/encoding'
import { endOfElement } from '#main/imaging/dicom/walk'
import { malformed } from './cursor'

/** One answer of a query names a dozen short attributes. */
const LARGEST = 1024 * 1024
const CHARACTER_SET = 0x00080005
const uids: ReadonlySet<number> = new Set([0x0020000d, 0x0020000e, 0x00080018])

/**
 * The identifier of a query in implicit little endian: matched values, and empty ones for what is asked for.
 * Texts beyond ASCII are sent as UTF-8 and say so.
 */
export function encodeIdentifier(keys: Readonly<Record<number, string>>): Buffer {
  const beyondAscii = Object.values(keys).some((value) => /[^\x20-\x7e]/.test(value))
  const all: Record<number, string> = beyondAscii ? { ...keys, [CHARACTER_SET]: 'ISO_IR 192' } : keys
  const elements = Object.entries(all)
    .map(([tag, value]) => ({ tag: Number(tag), value: Buffer.from(value) }))
    .sort((left, right) => left.tag - right.tag)
    .map(({ tag, value }) => {
      const odd = value.length % 2 === 1
      const head = Buffer.alloc(8)
      head.writeUInt16LE(tag >>> 16, 0)
      head.writeUInt16LE(tag & 0xffff, 2)
      head.writeUInt32LE(value.length + Number(odd), 4)
      return Buffer.concat([head, value, Buffer.from(odd ? (uids.has(tag) ? '\0' : ' ') : '')])
    })
  return Buffer.concat(elements)
}

/** Reads an answer to a query. @throws SOURCE_ANSWER_INVALID */
export async function readIdentifier(fragments: AsyncIterable<Buffer>): Promise<Dataset> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of fragments) {
    size += part.length
    if (size > LARGEST) throw malformed('an answer of a few attributes', `more than ${LARGEST} bytes`)
    parts.push(part)
  }
  const bytes = Buffer.concat(parts)
  const view = viewOf(bytes)
  const elements = new Map<number, Element>()
  try {
    for (let position = 0; position + 8 <= bytes.length; ) {
      const element = readElement(view, position, IMPLICIT_LITTLE)
      const end = endOfElement(view, element, IMPLICIT_LITTLE)
      if (end > bytes.length) throw malformed('a whole data set', 'a cut one')
      elements.set(element.tag, element)
      position = end
    }
  } catch {
    throw malformed('a data set in implicit little endian', 'other bytes')
  }
  return new Dataset(bytes, IMPLICIT_LITTLE, elements)
}
