import { checkCoded, type Decode } from './wasm'

/** Where the SIZ segment of a JPEG 2000 code stream keeps what is changed here (ITU-T T.800, A.5.1). */
interface SizeSegment {
  view: DataView
  /** Position of the segment's first field behind its length. */
  fields: number
}

const CAPABILITIES = 0
const GRID = 2
const ORIGIN = 10
const TILE = 18
const COMPONENTS = 34
const FIRST_COMPONENT = 36
const BYTES_PER_COMPONENT = 3
const SIGNED = 0x80

const START = 'ff4fff51'

/**
 * A decoder that is never given a code stream beyond measure: the codec takes memory while it reads the header.
 * Of a stream within boxes, everything that could be its start is looked at.
 */
export function withBoundedSize(decode: Decode): Decode {
  return async (codeStream) => {
    const bytes = Buffer.from(codeStream.buffer, codeStream.byteOffset, codeStream.length)
    let at = bytes.indexOf(START, 0, 'hex')
    const bare = at === 0
    for (; at !== -1; at = bare ? -1 : bytes.indexOf(START, at + 1, 'hex')) {
      const size = sizeAt(codeStream, at)
      if (size !== null) checkGrid(size)
    }
    return decode(codeStream)
  }
}

function checkGrid({ view, fields }: SizeSegment): void {
  const read = (at: number) => view.getUint32(fields + at)
  const [columns, rows] = [read(GRID) - read(ORIGIN), read(GRID + 4) - read(ORIGIN + 4)]
  checkCoded(rows, columns, view.getUint16(fields + COMPONENTS))
}

/**
 * A decoder that tells negative samples of up to 8 bits as well: the codec clips them, so the stream is given to
 * it as one of unsigned samples and the level shift taken back.
 */
export function withSignedBytes(decode: Decode): Decode {
  return async (codeStream) => {
    const copy = codeStream.slice()
    const bits = makeUnsigned(copy)
    if (bits === null) return decode(codeStream)
    const decoded = await decode(copy)
    const half = 2 ** (bits - 1)
    for (let at = 0; at < decoded.data.length; at++) decoded.data[at] = (decoded.data[at] as number) - half
    return decoded
  }
}

/** Clears the sign of all components where it is set and they have at most 8 bits; returns these bits. */
function makeUnsigned(codeStream: Uint8Array): number | null {
  const size = findSize(codeStream)
  if (size === null) return null
  const { view, fields } = size
  const components = Array.from(
    { length: view.getUint16(fields + COMPONENTS) },
    (_, index) => fields + FIRST_COMPONENT + index * BYTES_PER_COMPONENT,
  )
  if (components.some((at) => at >= view.byteLength)) return null
  const depths = components.map((at) => view.getUint8(at))
  const [first] = depths
  if (first === undefined || first < SIGNED || first - SIGNED >= 8 || depths.some((depth) => depth !== first))
    return null
  for (const at of components) view.setUint8(at, first - SIGNED)
  return first - SIGNED + 1
}

/**
 * The code stream with its grid set to the stated size, where its only tile has that size and the grid has not:
 * such a grid was overwritten. Others come back as they are.
 */
export function withSoundGrid(codeStream: Uint8Array, rows: number, columns: number): Uint8Array {
  const found = findSize(codeStream)
  if (found === null) return codeStream
  const read = (at: number) => found.view.getUint32(found.fields + at)
  const [left, top] = [read(ORIGIN), read(ORIGIN + 4)]
  const fits = read(GRID) - left === columns && read(GRID + 4) - top === rows
  if (fits || read(TILE) !== columns || read(TILE + 4) !== rows || left + top > 0) return codeStream
  const copy = codeStream.slice()
  const view = new DataView(copy.buffer)
  view.setUint16(found.fields + CAPABILITIES, 0)
  view.setUint32(found.fields + GRID, columns)
  view.setUint32(found.fields + GRID + 4, rows)
  return copy
}

/** The SIZ segment follows the start of the code stream at once, which may lie within the boxes of JP2. */
function findSize(bytes: Uint8Array): SizeSegment | null {
  return sizeAt(bytes, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(START, 0, 'hex'))
}

function sizeAt(bytes: Uint8Array, start: number): SizeSegment | null {
  if (start === -1 || start + 6 + FIRST_COMPONENT + BYTES_PER_COMPONENT > bytes.length) return null
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), fields: start + 6 }
}
