import { type Encoding, UNDEFINED_LENGTH } from '#main/imaging/dicom/encoding'

const SHORT = new Set('AE AS AT CS DA DS DT FL FD IS LO LT PN SH SL SS ST TM UI UL US'.split(' '))
const ITEM = 0xfffee000
const ITEM_END = 0xfffee00d
const SEQUENCE_END = 0xfffee0dd

/** An element ready to be written. */
export interface Written {
  tag: number
  bytes: Uint8Array
}

/** An element with a value of even length; odd ones are padded as their VR asks for. */
export function encodeElement(tag: number, vr: string, value: Uint8Array, encoding: Encoding): Uint8Array {
  const padded = value.length % 2 === 0 ? value : padding(value, vr)
  return joined([header(tag, vr, padded.length, encoding), padded])
}

/** Text in a set of characters that was checked before; ASCII where it is a code. */
export function encodeText(tag: number, vr: string, text: string, encoding: Encoding): Uint8Array {
  return encodeElement(tag, vr, Buffer.from(text, 'latin1'), encoding)
}

/** A sequence of finished items, with lengths or delimiters as the original had them. */
export function encodeSequence(
  tag: number,
  vr: string,
  items: { content: Uint8Array; delimited: boolean }[],
  outer: Encoding,
  inner: Encoding,
  delimited: boolean,
): Uint8Array {
  const written = items.map((item) =>
    item.delimited
      ? joined([header(ITEM, '', UNDEFINED_LENGTH, inner), item.content, header(ITEM_END, '', 0, inner)])
      : joined([header(ITEM, '', item.content.length, inner), item.content]),
  )
  const content = joined(written)
  if (!delimited) return joined([header(tag, vr, content.length, outer), content])
  return joined([header(tag, vr, UNDEFINED_LENGTH, outer), content, header(SEQUENCE_END, '', 0, inner)])
}

/** Tag, VR and length. */
export function header(tag: number, vr: string, length: number, { explicit, little }: Encoding): Uint8Array {
  const group = Math.floor(tag / 0x10000)
  const named = explicit && group !== 0xfffe && vr !== ''
  const long = named && !SHORT.has(vr)
  const bytes = new Uint8Array(long ? 12 : 8)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, group, little)
  view.setUint16(2, tag % 0x10000, little)
  if (named) bytes.set(Buffer.from(vr, 'latin1'), 4)
  if (long) view.setUint32(8, length, little)
  else if (named) view.setUint16(6, length, little)
  else view.setUint32(4, length, little)
  return bytes
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

function padding(value: Uint8Array, vr: string): Uint8Array {
  const zero = vr === 'UI' || vr === 'OB' || vr === 'UN'
  return joined([value, Uint8Array.of(zero ? 0 : 0x20)])
}
