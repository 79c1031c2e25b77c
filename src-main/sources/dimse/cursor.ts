import { LeptonError } from '#shared/domain/fault'

/** Reads big-endian fields of a protocol data unit one after the other, never past its end. */
export class Cursor {
  #position = 0
  readonly #bytes: Buffer

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#position
  }

  take(length: number): Buffer {
    if (length > this.left) throw malformed(`${length} more bytes`, `${this.left}`)
    this.#position += length
    return this.#bytes.subarray(this.#position - length, this.#position)
  }

  skip(length: number): void {
    this.take(length)
  }

  byte(): number {
    return this.take(1).readUInt8()
  }

  short(): number {
    return this.take(2).readUInt16BE()
  }

  long(): number {
    return this.take(4).readUInt32BE()
  }

  /** Text without the spaces and zeros that pad it. */
  text(length: number): string {
    return this.take(length)
      .toString('latin1')
      .replace(/[\s\0]+$/, '')
      .trimStart()
  }
}

/** Bytes that do not follow PS3.8 or PS3.7. */
export function malformed(expected: string, received: string): LeptonError {
  return new LeptonError('SOURCE_ANSWER_INVALID', {
    expected: `DICOM network messages: ${expected}`,
    received,
    remedy: 'Check that host and port are those of a DICOM (DIMSE) service.',
  })
}
