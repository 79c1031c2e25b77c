import { LeptonError } from '#shared/domain/fault'

const FAST_BITS = 9

/** A Huffman table (ITU-T T.81, annex C and F.2.2.3): short codes by look-up, long ones by their bounds. */
export interface HuffmanTable {
  /** By the next nine bits: length in the high byte, symbol in the low one; 0 for longer codes. */
  fast: Uint16Array
  /** By length: the first code that is longer, aligned to 16 bits. */
  bounds: Int32Array
  /** By length: index of a symbol less its code. */
  offsets: Int32Array
  symbols: Uint8Array
}

/** Builds a table from the number of codes of each length 1 to 16 and their symbols. */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const table = {
    fast: new Uint16Array(1 << FAST_BITS),
    bounds: new Int32Array(18),
    offsets: new Int32Array(18),
    symbols,
  }
  let code = 0
  let index = 0
  for (let length = 1; length <= 16; length++) {
    table.offsets[length] = index - code
    for (let count = counts[length - 1] ?? 0; count > 0; count--, code++, index++) {
      if (length > FAST_BITS) continue
      const first = code << (FAST_BITS - length)
      table.fast.fill((length << 8) | (symbols[index] ?? 0), first, first + (1 << (FAST_BITS - length)))
    }
    table.bounds[length] = code << (16 - length)
    code <<= 1
  }
  return table
}

/** Reads the entropy-coded bits of a JPEG scan, stuffed bytes removed (T.81, F.2.2.5). */
export class EntropyReader {
  private bits = 0
  private count = 0
  private starved = 0

  constructor(
    private readonly bytes: Uint8Array,
    public position: number,
  ) {}

  /** The next symbol. Throws PIXELS_CORRUPT. */
  symbol(table: HuffmanTable): number {
    this.fill(16)
    const next = (this.bits >>> (this.count - 16)) & 0xffff
    const entry = table.fast[next >>> (16 - FAST_BITS)] as number
    if (entry !== 0) {
      this.count -= entry >>> 8
      return entry & 0xff
    }
    for (let length = FAST_BITS + 1; length <= 16; length++) {
      if (next >= (table.bounds[length] as number)) continue
      this.count -= length
      return table.symbols[(table.offsets[length] as number) + (next >>> (16 - length))] ?? 0
    }
    throw new LeptonError('PIXELS_CORRUPT', { expected: 'a Huffman code', received: next.toString(2) })
  }

  /** The next `length` bits, at most 16, as a whole number. */
  receive(length: number): number {
    if (length === 0) return 0
    this.fill(length)
    this.count -= length
    return (this.bits >>> this.count) & ((1 << length) - 1)
  }

  /** A difference of the given category (T.81, F.2.2.1). */
  difference(category: number): number {
    if (category === 0) return 0
    const value = this.receive(category)
    return value < 1 << (category - 1) ? value - (1 << category) + 1 : value
  }

  /** Goes behind the next restart marker. Throws PIXELS_CORRUPT where it is missing. */
  restart(): void {
    this.bits = 0
    this.count = 0
    this.starved = 0
    const at = this.bytes.indexOf(0xff, this.position)
    const marker = this.bytes[at + 1] ?? 0
    if (at === -1 || marker < 0xd0 || marker > 0xd7) {
      throw new LeptonError('PIXELS_CORRUPT', { expected: 'a restart marker', received: marker.toString(16) })
    }
    this.position = at + 2
  }

  private fill(length: number): void {
    while (this.count < length) {
      this.bits = (this.bits << 8) | this.nextByte()
      this.count += 8
    }
  }

  /** Zeros behind the end: a decoder looks a few bytes ahead, but no further. */
  private nextByte(): number {
    const byte = this.bytes[this.position]
    if (byte !== undefined && byte !== 0xff) {
      this.position += 1
      return byte
    }
    if (byte === 0xff && this.bytes[this.position + 1] === 0) {
      this.position += 2
      return 0xff
    }
    this.starved += 1
    if (this.starved > 4) throw new LeptonError('PIXELS_CORRUPT', { expected: 'more compressed data' })
    return 0
  }
}
