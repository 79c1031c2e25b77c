import type { ByteSource } from '#main/imaging/byte-source'
import { LeptonError } from '#shared/domain/fault'

const CHUNK = 1 << 16
/** Names and notes longer than this are in no honest graph. */
const LONGEST_TEXT = 1 << 20
/** Fields read of one file at most; the largest networks known have a tenth of it. */
const MOST_FIELDS = 20_000_000

/** A field of a message: a whole number, or a stretch of bytes that may be a message, text or packed numbers. */
export type Field = { number: number; value: bigint } | { number: number; body: Message }

/** Protocol Buffers as far as graphs need them. Bytes are read in chunks and only where they are looked at. */
export class WireReader {
  readonly #source: ByteSource
  #chunk: Uint8Array = new Uint8Array()
  #at = 0
  #fields = 0

  constructor(source: ByteSource) {
    this.#source = source
  }

  whole(): Message {
    return new Message(this, 0, this.#source.size)
  }

  byte(offset: number): number {
    if (offset < this.#at || offset >= this.#at + this.#chunk.length) {
      this.#chunk = this.#source.read(offset, CHUNK)
      this.#at = offset
    }
    const value = this.#chunk[offset - this.#at]
    if (value === undefined) throw malformed('it ends in the middle of a field')
    return value
  }

  text(start: number, end: number): string {
    if (end - start > LONGEST_TEXT) throw malformed(`a name of ${end - start} bytes`)
    return new TextDecoder().decode(this.#source.read(start, end - start))
  }

  count(): void {
    this.#fields += 1
    if (this.#fields > MOST_FIELDS) throw malformed(`more than ${MOST_FIELDS} fields`)
  }
}

/** A message, or any other field with a length, between two offsets of the file. */
export class Message {
  readonly #reader: WireReader
  readonly #start: number
  readonly #end: number

  constructor(reader: WireReader, start: number, end: number) {
    this.#reader = reader
    this.#start = start
    this.#end = end
  }

  text(): string {
    return this.#reader.text(this.#start, this.#end)
  }

  /** The fields one after the other. @throws MODEL_INVALID where the bytes are no message */
  *fields(): Generator<Field> {
    for (let at = this.#start; at < this.#end; ) {
      this.#reader.count()
      const key = this.#varint(at)
      const number = Number(key.value >> 3n)
      at = key.next
      switch (Number(key.value & 7n)) {
        case 0: {
          const { value, next } = this.#varint(at)
          at = next
          yield { number, value }
          break
        }
        case 1:
          at += 8
          break
        case 2: {
          const length = this.#varint(at)
          const end = length.next + Number(length.value)
          if (length.value < 0n || end > this.#end) throw malformed('a field that is longer than its message')
          yield { number, body: new Message(this.#reader, length.next, end) }
          at = end
          break
        }
        case 5:
          at += 4
          break
        default:
          throw malformed('a field of an unknown kind')
      }
    }
  }

  /** The numbers of a packed field. */
  *packed(): Generator<bigint> {
    for (let at = this.#start; at < this.#end; ) {
      this.#reader.count()
      const { value, next } = this.#varint(at)
      at = next
      yield value
    }
  }

  #varint(offset: number): { value: bigint; next: number } {
    let value = 0n
    for (let at = offset, shift = 0n; shift < 70n; at++, shift += 7n) {
      if (at >= this.#end) throw malformed('it ends in the middle of a number')
      const byte = this.#reader.byte(at)
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return { value: BigInt.asIntN(64, value), next: at + 1 }
    }
    throw malformed('a number of more than ten bytes')
  }
}

/** Bytes that are no ONNX file. */
export function malformed(received: string): LeptonError {
  return new LeptonError('MODEL_INVALID', {
    expected: 'an ONNX file',
    received,
    remedy: 'Export the network to ONNX again.',
  })
}
