import { type Element, EXPLICIT_LITTLE, readElement, UNDEFINED_LENGTH } from '#main/imaging/dicom/encoding'

/** An element of a file, with the place of its tag. */
export interface Placed extends Element {
  start: number
}

const MOST = 4000

/** Elements of a little endian DICOM file as far as they can be read, sequences entered; few of any other file. */
export function placedElements(bytes: Uint8Array): Placed[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found: Placed[] = []
  let position = bytes.length > 132 && view.getUint32(128) === 0x4449434d ? 132 : 0
  while (position + 12 <= bytes.length && found.length < MOST) {
    const element = readElement(view, position, EXPLICIT_LITTLE)
    found.push({ ...element, start: position })
    const delimiter = Math.floor(element.tag / 0x10000) === 0xfffe
    const entered = delimiter || element.vr === 'SQ' || element.length === UNDEFINED_LENGTH
    position = entered ? element.offset : element.offset + element.length
  }
  return found
}
