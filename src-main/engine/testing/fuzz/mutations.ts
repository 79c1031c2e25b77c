import type { RandomStream } from '#main/samples/random'
import { type Placed, placedElements } from './elements'

/** A way to damage a file; gets a copy it may change, returns what to write. */
type Mutation = (bytes: Buffer, random: RandomStream) => Uint8Array

/** Values at which sizes, counts and offsets go wrong. */
const EXTREMES = [0, 1, 2, 3, 7, 8, 127, 255, 256, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff]
const VRS =
  'AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV'
const SYNTAXES = [
  '1.2.840.10008.1.2',
  '1.2.840.10008.1.2.1',
  '1.2.840.10008.1.2.1.99',
  '1.2.840.10008.1.2.2',
  '1.2.840.10008.1.2.4.50',
  '1.2.840.10008.1.2.4.51',
  '1.2.840.10008.1.2.4.57',
  '1.2.840.10008.1.2.4.70',
  '1.2.840.10008.1.2.4.80',
  '1.2.840.10008.1.2.4.81',
  '1.2.840.10008.1.2.4.90',
  '1.2.840.10008.1.2.4.91',
  '1.2.840.10008.1.2.4.110',
  '1.2.840.10008.1.2.4.201',
  '1.2.840.10008.1.2.5',
  '1.2.3',
]
/** What must stay text, whatever shows it. */
const TEXTS = [
  '<img src=x onerror=alert(1)>',
  '../../../../etc/passwd',
  '\u001b$)C\u001b(J\\',
  '\u0000\u0001\u007f',
  '9'.repeat(64),
  '-1e999',
  'NaN\\Infinity',
]
const SEQUENCE = Uint8Array.of(0x08, 0, 0x15, 0x11, 0x53, 0x51, 0, 0, 255, 255, 255, 255)
const ITEM = Uint8Array.of(0xfe, 0xff, 0, 0xe0, 255, 255, 255, 255)

const pick = <T>(list: readonly T[], random: RandomStream): T | undefined => list[random.below(list.length)]

const flipBytes: Mutation = (bytes, random) => {
  const hits = 1 + random.below(24)
  for (let i = 0; i < hits; i++) bytes[random.below(bytes.length)] = random.below(256)
  return bytes
}

const flipHeader: Mutation = (bytes, random) => {
  const reach = Math.min(bytes.length, 2048)
  for (let i = 0; i < 8; i++) bytes[random.below(reach)] = random.below(256)
  return bytes
}

const truncate: Mutation = (bytes, random) => bytes.subarray(0, random.below(bytes.length))

const chunk = (bytes: Buffer, random: RandomStream): [number, number] => {
  const from = random.below(bytes.length)
  return [from, Math.min(bytes.length, from + 1 + random.below(512))]
}

const repeatChunk: Mutation = (bytes, random) => {
  const [from, until] = chunk(bytes, random)
  return Buffer.concat([bytes.subarray(0, until), bytes.subarray(from)])
}

const dropChunk: Mutation = (bytes, random) => {
  const [from, until] = chunk(bytes, random)
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(until)])
}

const fillChunk: Mutation = (bytes, random) => {
  const [from, until] = chunk(bytes, random)
  return bytes.fill(random.below(2) * 255, from, until)
}

/** A mutation of one element; other files are hit anywhere. */
const ofElement =
  (change: (bytes: Buffer, element: Placed, random: RandomStream) => Uint8Array): Mutation =>
  (bytes, random) => {
    const element = pick(placedElements(bytes), random)
    return element && element.offset + 8 < bytes.length
      ? change(bytes, element, random)
      : flipHeader(bytes, random)
  }

const wrongLength = ofElement((bytes, { offset, vr }, random) => {
  const value = pick(EXTREMES, random) ?? 0
  const short = offset >= 8 && vr !== '' && bytes.readUInt16LE(offset - 4) !== 0 && vr === vrAt(bytes, offset)
  if (short) bytes.writeUInt16LE(value % 0x10000, offset - 2)
  else bytes.writeUInt32LE(value, offset - 4)
  return bytes
})

const vrAt = (bytes: Buffer, offset: number) => bytes.toString('latin1', offset - 4, offset - 2)

const wrongVr = ofElement((bytes, { start }, random) => {
  bytes.write(pick(VRS.split(' '), random) ?? 'UN', start + 4, 'latin1')
  return bytes
})

/** Extremes where the description of the pixels is: rows, columns, bits, frames. */
const wrongPixelModule: Mutation = (bytes, random) => {
  const described = placedElements(bytes).filter(({ tag }) => Math.floor(tag / 0x10000) === 0x28)
  const element = pick(described, random)
  if (!element || element.offset + element.length > bytes.length) return flipHeader(bytes, random)
  if (element.length === 2) bytes.writeUInt16LE((pick(EXTREMES, random) ?? 0) % 0x10000, element.offset)
  else if (element.length > 0) {
    bytes.fill(' ', element.offset, element.offset + element.length)
    bytes.write(pick(['0', '-1', '9999999999', '1e9', 'x'], random) ?? '', element.offset, 'latin1')
  }
  return bytes
}

const otherSyntax: Mutation = (bytes, random) => {
  const element = placedElements(bytes).find(({ tag }) => tag === 0x00020010)
  if (!element) return flipBytes(bytes, random)
  const uid = pick(SYNTAXES, random) ?? ''
  const value = Buffer.from(uid.length % 2 ? `${uid}\0` : uid, 'latin1')
  const changed = Buffer.concat([
    bytes.subarray(0, element.offset),
    value,
    bytes.subarray(element.offset + element.length),
  ])
  changed.writeUInt16LE(value.length, element.offset - 2)
  return changed
}

const strangeText = ofElement((bytes, { offset, length }, random) => {
  const text = Buffer.from(pick(TEXTS, random) ?? '', 'latin1')
  text.copy(bytes, offset, 0, Math.min(length, text.length))
  return bytes
})

const endlessNesting = ofElement((bytes, { start }, random) => {
  const depth = 1 + random.below(4000)
  const nest = Buffer.concat(Array.from({ length: 2 * depth }, (_, at) => (at % 2 ? ITEM : SEQUENCE)))
  return Buffer.concat([bytes.subarray(0, start), nest, bytes.subarray(start)])
})

const swapElements: Mutation = (bytes, random) => {
  const elements = placedElements(bytes).filter(({ length }) => length < 4096)
  const [a, b] = [pick(elements, random), pick(elements, random)].sort(
    (one, other) => (one?.start ?? 0) - (other?.start ?? 0),
  )
  if (!a || !b || a.offset + a.length > b.start) return repeatChunk(bytes, random)
  const [endA, endB] = [a.offset + a.length, b.offset + b.length]
  return Buffer.concat([
    bytes.subarray(0, a.start),
    bytes.subarray(b.start, endB),
    bytes.subarray(endA, b.start),
    bytes.subarray(a.start, endA),
    bytes.subarray(endB),
  ])
}

/** The items of encapsulated pixel data: offset table, fragments, their ends. */
const wrongFragments: Mutation = (bytes, random) => {
  const items = placedElements(bytes).filter(({ tag }) => Math.floor(tag / 0x10000) === 0xfffe)
  const item = pick(items, random)
  if (!item) return flipBytes(bytes, random)
  bytes.writeUInt32LE(pick(EXTREMES, random) ?? 0, item.start + 4)
  return bytes
}

const mutations: Record<string, Mutation> = {
  flipBytes,
  flipHeader,
  truncate,
  repeatChunk,
  dropChunk,
  fillChunk,
  wrongLength,
  wrongVr,
  wrongPixelModule,
  otherSyntax,
  strangeText,
  endlessNesting,
  swapElements,
  wrongFragments,
}

/** A damaged copy of a file, and the damages done to it by name: one to three of them. */
export function mutated(original: Uint8Array, random: RandomStream): { bytes: Uint8Array; how: string[] } {
  let bytes: Uint8Array = Buffer.from(original)
  const how: string[] = []
  for (let left = 1 + random.below(3); left > 0 && bytes.length > 16; left--) {
    const [name, mutation] = pick(Object.entries(mutations), random) ?? ['flipBytes', flipBytes]
    bytes = mutation(Buffer.from(bytes), random)
    how.push(name)
  }
  return { bytes, how }
}
