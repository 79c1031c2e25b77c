/** How the elements of a data set are laid out (PS3.5, section 7). */
export interface Encoding {
  explicit: boolean
  little: boolean
}

export const IMPLICIT_LITTLE: Encoding = { explicit: false, little: true }
export const EXPLICIT_LITTLE: Encoding = { explicit: true, little: true }

/** Length of an element whose end is marked by a delimiter. */
export const UNDEFINED_LENGTH = 0xffffffff

/** Where the value of one data element lies. */
export interface Element {
  tag: number
  /** Empty in implicit VR. */
  vr: string
  offset: number
  /** May be `UNDEFINED_LENGTH`. */
  length: number
}

const SHORT = 'AE AS AT CS DA DS DT FL FD IS LO LT PN SH SL SS ST TM UI UL US'.split(' ')
const LONG = 'OB OD OF OL OV OW SQ SV UC UN UR UT UV'.split(' ')
const vrCode = (vr: string) => (vr.charCodeAt(0) << 8) | vr.charCodeAt(1)
const shortVr = new Map(SHORT.map((vr) => [vrCode(vr), vr]))
const longVr = new Map(LONG.map((vr) => [vrCode(vr), vr]))

/** Whether two bytes are a value representation of the standard. */
export function isVr(first: number, second: number): boolean {
  const code = (first << 8) | second
  return shortVr.has(code) || longVr.has(code)
}

/** Thrown when parsing runs past the bytes at hand; `needed` is the end of what was to be read. */
export class Incomplete extends Error {
  constructor(readonly needed: number) {
    super('more bytes are needed')
  }
}

/** Reads the tag, VR and length at `position`. Throws Incomplete. */
export function readElement(view: DataView, position: number, { explicit, little }: Encoding): Element {
  if (position + 8 > view.byteLength) throw new Incomplete(position + 8)
  const group = view.getUint16(position, little)
  const tag = group * 0x10000 + view.getUint16(position + 2, little)
  if (!explicit || group === 0xfffe) return implicitElement(view, position, tag, little)

  const code = view.getUint16(position + 4, false)
  const short = shortVr.get(code)
  if (short !== undefined) {
    return { tag, vr: short, offset: position + 8, length: view.getUint16(position + 6, little) }
  }
  const long = longVr.get(code)
  if (long === undefined && !looksLikeFutureVr(view, position)) {
    const brief = { tag, vr: 'UN', offset: position + 8, length: view.getUint16(position + 6, little) }
    const implicit = implicitElement(view, position, tag, little)
    return !isFollowed(view, implicit, little) && isFollowed(view, brief, little) ? brief : implicit
  }
  if (position + 12 > view.byteLength) throw new Incomplete(position + 12)
  return { tag, vr: long ?? 'UN', offset: position + 12, length: view.getUint32(position + 8, little) }
}

function implicitElement(view: DataView, position: number, tag: number, little: boolean): Element {
  return { tag, vr: '', offset: position + 8, length: view.getUint32(position + 4, little) }
}

/** Bytes from the tag to the value. */
export function headerLength({ tag, vr }: Element, { explicit }: Encoding): number {
  const short = vr === '' || shortVr.has(vrCode(vr))
  return explicit && Math.floor(tag / 0x10000) !== 0xfffe && !short ? 12 : 8
}

/** Whether a greater tag, or nothing, follows an element: a sign that its length was read as it was meant. */
function isFollowed(view: DataView, { tag, offset, length }: Element, little: boolean): boolean {
  const end = offset + length
  if (end + 4 > view.byteLength) return end === view.byteLength
  return view.getUint16(end, little) * 0x10000 + view.getUint16(end + 2, little) > tag
}

/** VRs added after this was written have two capitals, two zero bytes and a four-byte length (PS3.5, 6.2). */
function looksLikeFutureVr(view: DataView, position: number): boolean {
  const capital = (at: number) => view.getUint8(at) >= 0x41 && view.getUint8(at) <= 0x5a
  return capital(position + 4) && capital(position + 5) && view.getUint16(position + 6) === 0
}
