import { LeptonError } from '#shared/domain/fault'
import type { SampleArray } from '#shared/domain/image'

/** The layout of samples in bytes. */
export interface SampleLayout {
  bitsAllocated: number
  bitsStored: number
  highBit: number
  signed: boolean
  kind: 'integer' | 'float'
}

/**
 * Turns packed bytes into an array of `count` stored values, bits above and below the stored ones removed and the
 * sign extended. `bytes` must start a buffer of its own, which is used again where possible; big endian bytes are
 * swapped in place.
 */
export function unpack(bytes: Uint8Array, count: number, layout: SampleLayout, little: boolean): SampleArray {
  const { bitsAllocated, kind, signed } = layout
  if (bitsAllocated % 8 !== 0) return narrow(unpackBits(bytes, count, bitsAllocated), layout)
  const width = bitsAllocated / 8
  if (bytes.length < count * width) throw tooShort(count * width, bytes.length)
  if (!little) swap(bytes, width)
  const { buffer } = bytes
  switch (bitsAllocated) {
    case 8:
      return narrow(new Uint8Array(buffer, 0, count), layout)
    case 16:
      return narrow(new Uint16Array(buffer, 0, count), layout)
    case 32:
      return kind === 'float'
        ? new Float32Array(buffer, 0, count)
        : narrow(new Uint32Array(buffer, 0, count), layout)
    case 64:
      if (kind === 'float') return new Float64Array(buffer, 0, count)
      return Float64Array.from(
        signed ? new BigInt64Array(buffer, 0, count) : new BigUint64Array(buffer, 0, count),
        Number,
      )
    case 24:
      return narrow(
        Uint32Array.from({ length: count }, (_, at) => triplet(bytes, at * 3)),
        layout,
      )
    default:
      throw new LeptonError('DICOM_INVALID', {
        expected: '1 to 32 or 64 bits',
        received: String(bitsAllocated),
      })
  }
}

/** Samples that share bytes: least significant bit first (PS3.5, 8.1.1), starting at `firstBit`. */
export function unpackBits(
  bytes: Uint8Array,
  count: number,
  bits: number,
  firstBit = 0,
): Uint8Array | Uint16Array | Uint32Array {
  if (bytes.length * 8 < firstBit + count * bits)
    throw tooShort(Math.ceil((firstBit + count * bits) / 8), bytes.length)
  const values =
    bits <= 8 ? new Uint8Array(count) : bits <= 16 ? new Uint16Array(count) : new Uint32Array(count)
  let at = firstBit
  for (let index = 0; index < count; index++) {
    let value = 0
    for (let bit = 0; bit < bits; bit++, at++) value += (((bytes[at >> 3] ?? 0) >> (at & 7)) & 1) * 2 ** bit
    values[index] = value
  }
  return values
}

/** Keeps the stored bits of each container and extends their sign. */
export function narrow(
  data: Uint8Array | Uint16Array | Uint32Array,
  { bitsStored, highBit, signed }: Omit<SampleLayout, 'bitsAllocated' | 'kind'>,
): SampleArray {
  const container = data.BYTES_PER_ELEMENT * 8
  const left = container - 1 - highBit
  const right = container - bitsStored
  const typed = signed ? asSigned(data) : data
  if (right <= 0) return typed
  const pad = 32 - container
  for (let index = 0; index < typed.length; index++) {
    const shifted = (typed[index] as number) << (left + pad)
    typed[index] = signed ? shifted >> (right + pad) : shifted >>> (right + pad)
  }
  return typed
}

function asSigned(data: Uint8Array | Uint16Array | Uint32Array): Int8Array | Int16Array | Int32Array {
  const { buffer, byteOffset, length } = data
  if (data instanceof Uint8Array) return new Int8Array(buffer, byteOffset, length)
  if (data instanceof Uint16Array) return new Int16Array(buffer, byteOffset, length)
  return new Int32Array(buffer, byteOffset, length)
}

function swap(bytes: Uint8Array, width: number): void {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length - (bytes.length % width))
  if (width === 2) whole.swap16()
  else if (width === 4) whole.swap32()
  else if (width === 8) whole.swap64()
  else for (let at = 0; at < whole.length; at += width) whole.subarray(at, at + width).reverse()
}

function triplet(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)
}

function tooShort(expected: number, received: number): LeptonError {
  return new LeptonError('PIXELS_CORRUPT', { expected: `${expected} bytes`, received: `${received}` })
}
