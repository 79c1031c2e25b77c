import { LeptonError } from '#shared/domain/fault'
import type { Rle } from '#shared/domain/finding'

/** Bits that hold the length of a run, by the two bits before it. */
const lengthBits = [3, 4, 8, 16] as const
const wordBits = 8
const channels = 4

/**
 * Label Studio's brush: run lengths of RGBA bytes as a stream of bits (label_studio_sdk, converter/brush.py). A head of
 * 32 + 5 + 4 x 4 bits, then for each run one bit (1: one value repeated), two for the size of the length, the length
 * less one, and the value.
 */
export function encodeBrush(mask: Rle): number[] {
  const bits = new BitWriter()
  bits.put(mask.rows * mask.columns * channels, 32)
  bits.put(wordBits - 1, 5)
  for (const size of lengthBits) bits.put(size - 1, 4)
  mask.runs.forEach((run, i) => {
    for (let left = run * channels; left > 0; ) {
      const length = Math.min(left, 65_536)
      const size = lengthBits.findIndex((width) => length <= 2 ** width)
      bits.put(1, 1)
      bits.put(size, 2)
      bits.put(length - 1, lengthBits[size] ?? 16)
      bits.put(i % 2 === 1 ? 255 : 0, wordBits)
      left -= length
    }
  })
  return bits.bytes()
}

/** The mask of a brush: pixels that are not transparent. @throws INPUT_INVALID */
export function decodeBrush(bytes: readonly number[], rows: number, columns: number): Uint8Array {
  const bits = new BitReader(bytes)
  const total = bits.take(32)
  if (total !== rows * columns * channels) {
    throw new LeptonError('INPUT_INVALID', {
      expected: `a brush of ${rows * columns} pixels`,
      received: `${total / channels} pixels`,
    })
  }
  const word = bits.take(5) + 1
  const sizes = Array.from({ length: 4 }, () => bits.take(4) + 1)
  const mask = new Uint8Array(rows * columns)
  const opaque = 2 ** (word - 1)
  for (let at = 0; at < total; ) {
    const repeated = bits.take(1) === 1
    const length = bits.take(sizes[bits.take(2)] ?? 0) + 1
    const end = Math.min(total, at + length)
    let value = repeated ? bits.take(word) : 0
    for (; at < end; at++) {
      if (!repeated) value = bits.take(word)
      if (at % channels === channels - 1 && value >= opaque) mask[(at - channels + 1) / channels] = 1
    }
  }
  return mask
}

class BitWriter {
  readonly #bytes: number[] = []
  #used = 8

  put(value: number, width: number): void {
    for (let bit = width - 1; bit >= 0; bit--) {
      if (this.#used === 8) {
        this.#bytes.push(0)
        this.#used = 0
      }
      const set = Math.floor(value / 2 ** bit) % 2
      this.#bytes[this.#bytes.length - 1] = (this.#bytes.at(-1) ?? 0) | (set << (7 - this.#used))
      this.#used++
    }
  }

  bytes(): number[] {
    return this.#bytes
  }
}

class BitReader {
  readonly #bytes: readonly number[]
  #at = 0

  constructor(bytes: readonly number[]) {
    this.#bytes = bytes
  }

  take(width: number): number {
    let value = 0
    for (let i = 0; i < width; i++, this.#at++) {
      const byte = this.#bytes[this.#at >> 3]
      if (byte === undefined) {
        throw new LeptonError('INPUT_INVALID', { expected: 'a whole brush', received: 'one that breaks off' })
      }
      value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1)
    }
    return value
  }
}
