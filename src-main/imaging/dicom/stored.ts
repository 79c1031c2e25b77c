import { inflateRawSync } from 'node:zlib'
import { LeptonError } from '#shared/domain/fault'
import type { Photometric } from '#shared/domain/image'
import type { ByteSource } from '../byte-source'
import { type Decoded, decodeStream, withSoundGrid } from '../codecs'
import { expand422, interleave } from '../colour'
import type { Samples } from '../samples'
import { narrow, unpack, unpackBits } from '../unpack'
import type { Element } from './encoding'
import { type FrameFragments, findFragments, readFragments } from './fragments'
import type { ParsedObject } from './parse'
import type { PixelModule } from './pixel-module'
import { decodeRle } from './rle'
import type { Compression } from './transfer-syntax'

/** Decoded samples of a frame with the colour model they are in. */
export interface StoredFrame extends Samples {
  photometric: Photometric
  /** Of 64-bit whole numbers, which `data` holds only as far as it can. */
  exact?: BigInt64Array | BigUint64Array
}

/** Reads stored frames of one object; finds the fragments once. */
export interface StoredFrames {
  /** With `raw`, JPEG components are left as they are stored. Throws PIXELS_CORRUPT and the faults of the codecs. */
  read(index: number, options?: { raw?: boolean }): Promise<StoredFrame>
}

export function storedFrames(object: ParsedObject, module: PixelModule): StoredFrames {
  const { compression } = object.syntax
  if (compression === 'unsupported') {
    throw new LeptonError('TRANSFER_SYNTAX_UNSUPPORTED', { received: object.syntax.uid })
  }
  const { pixels } = object
  if (pixels === null) throw new LeptonError('DICOM_NO_PIXELS')
  if (compression === 'none')
    return { read: async (index, { raw = false } = {}) => readNative(object, pixels, module, index, raw) }

  let fragments: FrameFragments | null = null
  const frameBytes = (index: number) => {
    fragments ??= findFragments(object.source, pixels, object.dataset, module.frames)
    const own = fragments[index]
    if (own === undefined) throw corrupt(`${module.frames} frames`, String(fragments.length))
    return readFragments(object.source, own)
  }
  return {
    read: async (index, { raw = false } = {}) => {
      const bytes = frameBytes(index)
      if (compression === 'encapsulated' || isUncompressed(bytes, module)) return unpackFrame(bytes, module)
      if (compression === 'deflated-frames') return unpackFrame(inflate(bytes, module), module)
      if (compression === 'rle') return readRle(bytes, module)
      const sound = compression === 'jpeg-2000' ? withSoundGrid(bytes, module.rows, module.columns) : bytes
      const statedRgb = module.photometric === 'RGB'
      return fromCodec(await decodeStream(compression, sound, { statedRgb, raw }), { ...module, compression })
    },
  }
}

function readNative(
  { source, dataset }: ParsedObject,
  pixels: Element,
  module: PixelModule,
  index: number,
  raw: boolean,
) {
  const { little } = dataset.encoding
  const bits = frameBits(module)
  const firstBit = index * bits
  const start = Math.floor(firstBit / 8)
  const length = Math.ceil(((firstBit % 8) + bits) / 8)
  const inWords = !raw && !little && pixels.vr === 'OW' && module.bitsAllocated === 8
  const bytes = inWords
    ? readSwapped(source, pixels, start, length)
    : source.read(pixels.offset + start, length)
  if (bytes.length < length) throw corrupt(`${length} bytes for frame ${index + 1}`, String(bytes.length))
  return unpackFrame(bytes, module, little, firstBit % 8)
}

/** Bytes that were written as big endian words of two (PS3.5, 8.1.1), from anywhere within the value. */
function readSwapped(source: ByteSource, { offset, length: whole }: Element, start: number, length: number) {
  const before = start % 2
  const even = before + length + ((before + length) % 2)
  const words = source.read(offset + start - before, Math.min(even, whole - start + before))
  return new Uint8Array(swapped(words).subarray(before, before + length))
}

/** Bits of an uncompressed frame. */
function frameBits({ rows, columns, samples, bitsAllocated, photometric }: PixelModule): number {
  const halved = photometric === 'YBR_FULL_422' || photometric === 'YBR_PARTIAL_422'
  return rows * columns * (halved ? 2 : samples) * bitsAllocated
}

function unpackFrame(bytes: Uint8Array, module: PixelModule, little = true, firstBit = 0): StoredFrame {
  const { rows, columns, samples, photometric, planar, bitsAllocated } = module
  const count = rows * columns * samples
  const shape = { rows, columns, samples, photometric }
  if (bitsAllocated === 8 && frameBits(module) < count * 8) {
    if (bytes.length * 8 < frameBits(module))
      throw corrupt(`${frameBits(module) / 8} bytes`, String(bytes.length))
    return { ...shape, data: expand422(bytes, rows * columns) }
  }
  if (bitsAllocated % 8 !== 0) {
    const whole = little || bitsAllocated === 1 ? bytes : swapped(bytes)
    return { ...shape, data: narrow(unpackBits(whole, count, bitsAllocated, firstBit), module) }
  }
  const data = unpack(bytes, count, module, little)
  const wide = bitsAllocated === 64 && module.kind === 'integer'
  if (wide && !planar) return { ...shape, data, exact: exactly(bytes, count, module.signed) }
  return { ...shape, data: planar && samples > 1 ? interleave(data, samples) : data }
}

/** 64-bit whole numbers as they are, bytes already little endian. */
function exactly({ buffer }: Uint8Array, count: number, signed: boolean) {
  return signed ? new BigInt64Array(buffer, 0, count) : new BigUint64Array(buffer, 0, count)
}

function readRle(bytes: Uint8Array, module: PixelModule): StoredFrame {
  const { rows, columns, samples, bitsAllocated } = module
  const pixels = rows * columns
  if (bitsAllocated === 1) return unpackFrame(decodeRle(bytes, Math.ceil(pixels / 8), 1, 1), module)
  return unpackFrame(decodeRle(bytes, pixels, samples, Math.ceil(bitsAllocated / 8)), {
    ...module,
    planar: false,
  })
}

/** Some writers wrap plain pixels as if they were compressed; every JPEG stream starts with FF or a zero length. */
function isUncompressed(bytes: Uint8Array, module: PixelModule): boolean {
  const length = frameBits(module) / 8
  const start = [0xd8, 0x4f, 0x0a].includes(bytes[1] ?? 0) && bytes[0] === 0xff
  return !start && (bytes.length === length || bytes.length === length + (length % 2))
}

/** How samples are described, and how they are compressed. */
type CodedModule = PixelModule & { compression: Compression }

function fromCodec(decoded: Decoded, module: CodedModule): StoredFrame {
  const { samples } = decoded
  const bits = isUnextended(decoded, module) ? module.bitsStored : decoded.bits
  const narrowed = narrow(decoded.data, { bitsStored: bits, highBit: bits - 1, signed: module.signed })
  const data = decoded.planar ? interleave(narrowed, samples) : narrowed
  const { photometric } = module
  const transformed = photometric === 'YBR_RCT' || photometric === 'YBR_ICT' || photometric === 'XYB'
  return {
    ...fitted({ ...decoded, data }, module),
    photometric: samples === 1 ? photometric : (decoded.colour ?? (transformed ? 'RGB' : photometric)),
  }
}

/** Some writers compress negative values as whole numbers of the stored bits within a wider sample. */
function isUnextended({ data, bits }: Decoded, { signed, bitsStored, compression }: CodedModule): boolean {
  if (!signed || bitsStored >= bits || compression === 'jpeg-2000' || compression === 'htj2k') return false
  return data.every((value) => value < 2 ** bitsStored)
}

/** Tiles at the edge of a slide may be smaller than the others; the rest of them stays black. */
function fitted({ rows, columns, samples, data }: Samples, module: PixelModule): Samples {
  const shape = { rows: module.rows, columns: module.columns, samples }
  if (rows === module.rows && columns === module.columns && samples === module.samples)
    return { ...shape, data }
  const tile = module.frames > 1 && rows <= module.rows && columns <= module.columns
  if (!tile || samples !== module.samples || !(data instanceof Uint8Array)) {
    const expected = `${module.rows} x ${module.columns} x ${module.samples}`
    throw corrupt(expected, `${rows} x ${columns} x ${samples} in the code stream`)
  }
  const full = new Uint8Array(module.rows * module.columns * samples)
  for (let row = 0; row < rows; row++) {
    const line = data.subarray(row * columns * samples, (row + 1) * columns * samples)
    full.set(line, row * module.columns * samples)
  }
  return { ...shape, data: full }
}

function inflate(bytes: Uint8Array, module: PixelModule): Uint8Array {
  try {
    const maxOutputLength = Math.ceil(frameBits(module) / 8) + 1
    return new Uint8Array(inflateRawSync(bytes, { maxOutputLength }))
  } catch (cause) {
    throw new LeptonError('PIXELS_CORRUPT', { expected: 'a deflated frame', received: String(cause), cause })
  }
}

function swapped(bytes: Uint8Array): Uint8Array {
  const even = Buffer.alloc(bytes.length + (bytes.length % 2))
  even.set(bytes)
  return even.swap16()
}

function corrupt(expected: string, received: string): LeptonError {
  return new LeptonError('PIXELS_CORRUPT', { expected, received })
}
