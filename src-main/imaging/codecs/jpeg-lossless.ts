import { LeptonError } from '#shared/domain/fault'
import { MAX_SAMPLES } from '../limits'
import { EntropyReader, type HuffmanTable } from './entropy-reader'
import { type JpegScan, jpegScans } from './jpeg-scans'
import type { Decoded } from './wasm'

const LOSSLESS = 3

/**
 * Decodes lossless JPEG (ITU-T T.81, annex H: Huffman coding, predictors 1 to 7) of 2 to 16 bits. Throws
 * PIXELS_CORRUPT, PIXELS_TOO_LARGE or TRANSFER_SYNTAX_UNSUPPORTED.
 */
export async function decodeJpegLossless(codeStream: Uint8Array): Promise<Decoded> {
  let decoded: Decoded | null = null
  for (const scan of jpegScans(codeStream)) {
    decoded ??= emptyPicture(scan)
    decodeScan(codeStream, scan, decoded)
  }
  if (decoded === null) throw new LeptonError('PIXELS_CORRUPT', { expected: 'a lossless JPEG scan' })
  return decoded
}

function emptyPicture({ frame }: JpegScan): Decoded {
  const { process, rows, columns, precision, components } = frame
  const samples = components.length
  if (
    process !== LOSSLESS ||
    components.some(({ horizontal, vertical }) => horizontal !== 1 || vertical !== 1)
  ) {
    const received = `process ${process}`
    throw new LeptonError('TRANSFER_SYNTAX_UNSUPPORTED', {
      expected: 'lossless JPEG, not subsampled',
      received,
    })
  }
  const count = rows * columns * samples
  if (count > MAX_SAMPLES) throw new LeptonError('PIXELS_TOO_LARGE', { received: `${count} samples` })
  const data = precision <= 8 ? new Uint8Array(count) : new Uint16Array(count)
  return { rows, columns, samples, bits: precision, planar: false, data }
}

function decodeScan(bytes: Uint8Array, scan: JpegScan, picture: Decoded): void {
  const { columns, rows, samples, data } = picture
  const { frame, low, restartInterval, spectralStart: predictor } = scan
  const reader = new EntropyReader(bytes, scan.position)
  const parts = scan.components.map(({ index, dc }) => ({ index, table: tableOf(dc) }))
  const initial = 1 << (frame.precision - low - 1)
  const stride = columns * samples
  let untilRestart = restartInterval
  /** The row after which prediction starts afresh, and the column it does so at. */
  let freshRow = 0
  let freshColumn = 0
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (restartInterval > 0 && untilRestart-- === 0) {
        reader.restart()
        untilRestart = restartInterval - 1
        freshRow = row
        freshColumn = column
      }
      for (const { index, table } of parts) {
        const at = row * stride + column * samples + index
        let prediction: number
        if (row === freshRow) {
          prediction = column === freshColumn ? initial : (data[at - samples] as number) >> low
        } else if (column === 0) {
          prediction = (data[at - stride] as number) >> low
        } else {
          prediction = predict(predictor, data, at, samples, stride, low)
        }
        const category = reader.symbol(table)
        const difference = category === 16 ? 32768 : reader.difference(category)
        data[at] = ((prediction + difference) & 0xffff) << low
      }
    }
  }
}

function predict(
  selection: number,
  data: Uint8Array | Uint16Array,
  at: number,
  step: number,
  stride: number,
  low: number,
) {
  const a = (data[at - step] as number) >> low
  if (selection === 1) return a
  const b = (data[at - stride] as number) >> low
  const c = (data[at - stride - step] as number) >> low
  switch (selection) {
    case 2:
      return b
    case 3:
      return c
    case 4:
      return a + b - c
    case 5:
      return a + ((b - c) >> 1)
    case 6:
      return b + ((a - c) >> 1)
    case 7:
      return (a + b) >> 1
    default:
      return 0
  }
}

function tableOf(table: HuffmanTable | null): HuffmanTable {
  if (table === null) throw new LeptonError('PIXELS_CORRUPT', { expected: 'a Huffman table' })
  return table
}
