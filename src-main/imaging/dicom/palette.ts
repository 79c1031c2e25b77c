import { LeptonError } from '#shared/domain/fault'
import type { SampleArray } from '#shared/domain/image'
import type { Dataset } from './dataset'
import { Tag } from './tags'

const channels = [
  [Tag.RedPaletteDescriptor, Tag.RedPaletteData, Tag.SegmentedRedPaletteData],
  [Tag.GreenPaletteDescriptor, Tag.GreenPaletteData, Tag.SegmentedGreenPaletteData],
  [Tag.BluePaletteDescriptor, Tag.BluePaletteData, Tag.SegmentedBluePaletteData],
] as const

const DISCRETE = 0
const LINEAR = 1
const INDIRECT = 2

interface Lut {
  first: number
  values: readonly number[]
  /** Of the entries, 8 to 16. */
  bits: number
}

/** Looks indices up in the palette of the object (PS3.3, C.7.6.3.1.5). Throws DICOM_INVALID without a palette. */
export function paletteToRgb(dataset: Dataset, indices: SampleArray, signed: boolean): Uint8Array {
  const rgb = new Uint8Array(indices.length * 3)
  for (const [channel, tags] of channels.entries()) {
    const { first, values, bits } = readLut(dataset, tags, signed)
    const bytes = Uint8Array.from(values, (value) => Math.min(value >> (bits - 8), 255))
    const last = bytes.length - 1
    for (let pixel = 0; pixel < indices.length; pixel++) {
      const entry = Math.min(Math.max((indices[pixel] as number) - first, 0), last)
      rgb[pixel * 3 + channel] = bytes[entry] as number
    }
  }
  return rgb
}

/** Mean red, green and blue of the picture on a scale of 255, entries not rounded. Throws as `paletteToRgb`. */
export function paletteMeans(dataset: Dataset, indices: SampleArray, signed: boolean): number[] {
  return channels.map((tags) => {
    const { first, values, bits } = readLut(dataset, tags, signed)
    const last = values.length - 1
    let sum = 0
    for (let pixel = 0; pixel < indices.length; pixel++) {
      sum += values[Math.min(Math.max((indices[pixel] as number) - first, 0), last)] as number
    }
    return (sum / indices.length) * (255 / (2 ** bits - 1))
  })
}

function readLut(
  dataset: Dataset,
  [descriptorTag, dataTag, segmentedTag]: (typeof channels)[number],
  signed: boolean,
): Lut {
  const [stated, , bits = 16] = dataset.shorts(descriptorTag)
  const first = dataset.shorts(descriptorTag, signed)[1] ?? 0
  const entries = stated === 0 ? 65536 : (stated ?? 0)
  const plain = dataset.value(dataTag)
  if (entries === 0 || (plain === null && !dataset.has(segmentedTag))) {
    throw invalid('a colour palette', 'none')
  }
  if (plain === null) {
    const values = expandSegments(words(dataset, segmentedTag, bits), entries, bits)
    return { first, values, bits: depthOf(values, bits) }
  }
  const wide = plain.length >= entries * 2
  const values = wide ? dataset.shorts(dataTag) : Array.from(plain)
  return { first, values: values.slice(0, entries), bits: depthOf(values, wide ? bits : 8) }
}

function words(dataset: Dataset, tag: number, bits: number): number[] {
  return bits > 8 ? dataset.shorts(tag) : Array.from(dataset.value(tag) ?? [])
}

/** Bits that the entries use; some writers fill only the low byte of 16. */
function depthOf(values: readonly number[], bits: number): number {
  return bits > 8 && values.some((value) => value > 255) ? bits : 8
}

/** Discrete, linear and indirect segments (PS3.3, C.7.9.2). Throws DICOM_INVALID. */
function expandSegments(data: readonly number[], entries: number, bits: number): number[] {
  const values: number[] = []
  const starts: number[] = []
  const take = (at: number): number => {
    const length = data[at + 1] ?? 0
    if (values.length >= entries) return data.length
    if (data[at] === DISCRETE) {
      values.push(...data.slice(at + 2, at + 2 + length))
      return at + 2 + length
    }
    if (data[at] !== LINEAR) throw invalid('a palette segment', `opcode ${data[at]}`)
    const from = values.at(-1) ?? 0
    const to = data[at + 2] ?? 0
    for (let step = 1; step <= length; step++) values.push(Math.round(from + ((to - from) * step) / length))
    return at + 3
  }
  for (let at = 0; at + 1 < data.length && values.length < entries; ) {
    if (data[at] !== INDIRECT) {
      starts.push(at)
      at = take(at)
      continue
    }
    const offset = indirectOffset(data, at + 2, bits)
    const from = starts.indexOf(offset)
    if (from === -1) throw invalid('a palette segment to repeat', `offset ${offset}`)
    for (const start of starts.slice(from, from + (data[at + 1] ?? 0))) take(start)
    at += bits > 8 ? 4 : 6
  }
  return values
}

/** Four bytes, least significant first; an offset in bytes, here in entries. */
function indirectOffset(data: readonly number[], at: number, bits: number): number {
  if (bits > 8) return ((data[at] ?? 0) + (data[at + 1] ?? 0) * 0x10000) / 2
  return [0, 1, 2, 3].reduce((offset, byte) => offset + (data[at + byte] ?? 0) * 256 ** byte, 0)
}

function invalid(expected: string, received: string): LeptonError {
  return new LeptonError('DICOM_INVALID', { expected, received })
}
