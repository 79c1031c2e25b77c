import { LeptonError } from '#shared/domain/fault'
import { EntropyReader, type HuffmanTable } from './entropy-reader'
import type { FrameComponent, JpegFrame, JpegScan } from './jpeg-scans'

/** The DCT coefficients of one component, block by block, each in natural order. */
export interface Plane extends FrameComponent {
  /** Blocks that lie in the picture. */
  blocksAcross: number
  blocksDown: number
  /** Blocks in a row of the array: whole minimum coded units. */
  stride: number
  coefficients: Int32Array
}

const BLOCK = 8
const AREA = 64

/** Index in natural order of each coefficient in zigzag order (ITU-T T.81, figure 5). */
export const ZIGZAG = Uint8Array.from([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46,
  53, 60, 61, 54, 47, 55, 62, 63,
])

/** Empty planes for the components of a frame. */
export function emptyPlanes({ rows, columns, components }: JpegFrame): Plane[] {
  const widest = Math.max(...components.map(({ horizontal }) => horizontal))
  const tallest = Math.max(...components.map(({ vertical }) => vertical))
  const across = Math.ceil(columns / BLOCK / widest)
  const down = Math.ceil(rows / BLOCK / tallest)
  return components.map((component) => ({
    ...component,
    blocksAcross: Math.ceil((columns * component.horizontal) / widest / BLOCK),
    blocksDown: Math.ceil((rows * component.vertical) / tallest / BLOCK),
    stride: across * component.horizontal,
    coefficients: new Int32Array(across * component.horizontal * down * component.vertical * AREA),
  }))
}

/** Adds what a sequential or progressive scan says to the coefficients. Throws PIXELS_CORRUPT. */
export function decodeScan(
  bytes: Uint8Array,
  scan: JpegScan,
  planes: readonly Plane[],
  progressive: boolean,
): void {
  const reader = new EntropyReader(bytes, scan.position)
  const parts = scan.components.flatMap(({ index, dc, ac }) => {
    const plane = planes[index]
    return plane ? [{ plane, coder: new BlockCoder(reader, scan, dc, ac, progressive) }] : []
  })
  let untilRestart = scan.restartInterval
  const beforeUnit = () => {
    if (scan.restartInterval === 0 || untilRestart-- > 0) return
    reader.restart()
    for (const { coder } of parts) coder.reset()
    untilRestart = scan.restartInterval - 1
  }
  const [only, another] = parts
  if (only && !another) {
    const { plane, coder } = only
    for (let row = 0; row < plane.blocksDown; row++) {
      for (let column = 0; column < plane.blocksAcross; column++) {
        beforeUnit()
        coder.decode(plane.coefficients, (row * plane.stride + column) * AREA)
      }
    }
    return
  }
  const across = only ? only.plane.stride / only.plane.horizontal : 0
  const units = only ? only.plane.coefficients.length / AREA / only.plane.horizontal / only.plane.vertical : 0
  for (let unit = 0; unit < units; unit++) {
    beforeUnit()
    const unitRow = Math.floor(unit / across)
    const unitColumn = unit % across
    for (const { plane, coder } of parts) {
      for (let block = 0; block < plane.horizontal * plane.vertical; block++) {
        const row = unitRow * plane.vertical + Math.floor(block / plane.horizontal)
        const column = unitColumn * plane.horizontal + (block % plane.horizontal)
        coder.decode(plane.coefficients, (row * plane.stride + column) * AREA)
      }
    }
  }
}

/** Decodes the blocks of one component in one scan (T.81, annexes F and G). */
class BlockCoder {
  private prediction = 0
  private endOfBand = 0

  constructor(
    private readonly reader: EntropyReader,
    private readonly scan: JpegScan,
    private readonly dc: HuffmanTable | null,
    private readonly ac: HuffmanTable | null,
    private readonly progressive: boolean,
  ) {}

  reset(): void {
    this.prediction = 0
    this.endOfBand = 0
  }

  decode(target: Int32Array, at: number): void {
    const { spectralStart, high } = this.scan
    if (!this.progressive) {
      this.firstDc(target, at, 0)
      this.firstAc(target, at, 1, AREA - 1, 0)
    } else if (spectralStart === 0) {
      if (high === 0) this.firstDc(target, at, this.scan.low)
      else target[at] = (target[at] ?? 0) | (this.reader.receive(1) << this.scan.low)
    } else if (high === 0) {
      this.firstAc(target, at, spectralStart, this.scan.spectralEnd, this.scan.low)
    } else {
      this.refineAc(target, at)
    }
  }

  private firstDc(target: Int32Array, at: number, low: number): void {
    this.prediction += this.reader.difference(this.reader.symbol(needed(this.dc)))
    target[at] = this.prediction << low
  }

  private firstAc(target: Int32Array, at: number, start: number, end: number, low: number): void {
    if (this.endOfBand > 0) {
      this.endOfBand -= 1
      return
    }
    const table = needed(this.ac)
    for (let index = start; index <= end; index++) {
      const symbol = this.reader.symbol(table)
      const run = symbol >> 4
      const size = symbol & 15
      if (size === 0 && run < 15) {
        this.endOfBand = this.runLength(run) - 1
        return
      }
      index += run
      if (size > 0) target[at + (ZIGZAG[index] ?? 0)] = this.reader.difference(size) << low
    }
  }

  private refineAc(target: Int32Array, at: number): void {
    const { spectralStart, spectralEnd, low } = this.scan
    const table = needed(this.ac)
    let index = spectralStart
    while (this.endOfBand === 0 && index <= spectralEnd) {
      const symbol = this.reader.symbol(table)
      const run = symbol >> 4
      const size = symbol & 15
      if (size === 0 && run < 15) {
        this.endOfBand = this.runLength(run)
        break
      }
      const value = size === 0 ? 0 : this.reader.receive(1) === 1 ? 1 << low : -1 << low
      index = this.refineUntil(target, at, index, run)
      if (value !== 0 && index <= spectralEnd) target[at + (ZIGZAG[index] ?? 0)] = value
      index += 1
    }
    if (this.endOfBand > 0) {
      this.refineUntil(target, at, index, AREA)
      this.endOfBand -= 1
    }
  }

  /** Refines what is there already and passes `zeros` empty places; the index of the empty place behind them. */
  private refineUntil(target: Int32Array, at: number, from: number, zeros: number): number {
    const { spectralEnd, low } = this.scan
    let left = zeros
    let index = from
    for (; index <= spectralEnd; index++) {
      const place = at + (ZIGZAG[index] ?? 0)
      const value = target[place] ?? 0
      if (value === 0) {
        if (left === 0) break
        left -= 1
      } else if (this.reader.receive(1) === 1) {
        target[place] = value + ((value > 0 ? 1 : -1) << low)
      }
    }
    return index
  }

  /** Blocks of an end-of-band run, this one included; 1 in sequential scans. */
  private runLength(exponent: number): number {
    return (1 << exponent) + this.reader.receive(exponent)
  }
}

function needed(table: HuffmanTable | null): HuffmanTable {
  if (table === null) throw new LeptonError('PIXELS_CORRUPT', { expected: 'a Huffman table' })
  return table
}
