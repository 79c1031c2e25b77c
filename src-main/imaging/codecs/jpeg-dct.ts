import { LeptonError } from '#shared/domain/fault'
import { MAX_SAMPLES } from '../limits'
import { decodeScan, emptyPlanes, type Plane, ZIGZAG } from './jpeg-coefficients'
import { type JpegFrame, jpegScans } from './jpeg-scans'
import type { Decoded } from './wasm'

const PROGRESSIVE = 2
const BLOCK = 8
const AREA = 64

/** Basis of the inverse transform: by frequency, then place. */
const BASIS = Float32Array.from({ length: AREA }, (_, index) => {
  const frequency = index >> 3
  const scale = frequency === 0 ? Math.SQRT1_2 : 1
  return (scale / 2) * Math.cos((((index & 7) * 2 + 1) * frequency * Math.PI) / 16)
})

/**
 * Decodes Huffman-coded sequential and progressive JPEG (ITU-T T.81, annexes F and G) of 8 or 12 bits, colours as
 * they are stored. For 12 bits, which the faster codec does not know. Throws PIXELS_CORRUPT or PIXELS_TOO_LARGE.
 */
export function decodeJpegDct(codeStream: Uint8Array): Decoded {
  let planes: Plane[] | null = null
  let frame: JpegFrame | null = null
  const tables: Uint16Array[] = []
  for (const scan of jpegScans(codeStream)) {
    if (planes === null) {
      checkFrame(scan.frame)
      frame = scan.frame
      planes = emptyPlanes(frame)
    }
    for (const [index, table] of scan.quantization.entries()) if (table) tables[index] = table
    decodeScan(codeStream, scan, planes, scan.frame.process === PROGRESSIVE)
  }
  if (frame === null || planes === null) throw new LeptonError('PIXELS_CORRUPT', { expected: 'a JPEG scan' })

  const { rows, columns, precision } = frame
  const samples = planes.length
  const data =
    precision > 8 ? new Uint16Array(rows * columns * samples) : new Uint8Array(rows * columns * samples)
  for (const [index, plane] of planes.entries()) {
    const pixels = reconstruct(plane, tables[plane.quantization], precision)
    spread(pixels, plane, frame, data, index)
  }
  return { rows, columns, samples, bits: precision, planar: false, data }
}

function checkFrame({ process, rows, columns, precision, components }: JpegFrame): void {
  const sampled = components.every(({ horizontal, vertical }) => between(horizontal) && between(vertical))
  if (process > PROGRESSIVE || (precision !== 8 && precision !== 12) || !sampled || components.length > 4) {
    const received = `process ${process} of ${precision} bits`
    throw new LeptonError('TRANSFER_SYNTAX_UNSUPPORTED', { expected: 'Huffman-coded JPEG', received })
  }
  if (rows * columns === 0)
    throw new LeptonError('PIXELS_CORRUPT', { expected: 'rows and columns', received: '0' })
  if (rows * columns * components.length > MAX_SAMPLES / 4) {
    throw new LeptonError('PIXELS_TOO_LARGE', { received: `${rows} x ${columns} x ${components.length}` })
  }
}

const between = (sampling: number) => sampling >= 1 && sampling <= 4

/** Dequantizes and transforms all blocks of a plane to samples, `stride` blocks to a row. */
function reconstruct(plane: Plane, table: Uint16Array | undefined, precision: number): Uint16Array {
  if (table === undefined) throw new LeptonError('PIXELS_CORRUPT', { expected: 'a quantization table' })
  const { coefficients, stride } = plane
  const natural = new Float32Array(AREA)
  for (const [index, value] of table.entries()) natural[ZIGZAG[index] ?? 0] = value
  const output = new Uint16Array(coefficients.length)
  const middle = 2 ** (precision - 1)
  const top = 2 ** precision - 1
  const width = stride * BLOCK
  const lines = new Float32Array(AREA)
  for (let block = 0; block * AREA < coefficients.length; block++) {
    transformLines(coefficients, block * AREA, natural, lines)
    const corner = Math.floor(block / stride) * BLOCK * width + (block % stride) * BLOCK
    for (let x = 0; x < BLOCK; x++) {
      for (let y = 0; y < BLOCK; y++) {
        let sum = middle + 0.5
        for (let v = 0; v < BLOCK; v++)
          sum += (BASIS[v * BLOCK + y] as number) * (lines[v * BLOCK + x] as number)
        output[corner + y * width + x] = Math.max(0, Math.min(sum, top))
      }
    }
  }
  return output
}

function transformLines(
  coefficients: Int32Array,
  at: number,
  table: Float32Array,
  lines: Float32Array,
): void {
  for (let v = 0; v < BLOCK; v++) {
    for (let x = 0; x < BLOCK; x++) {
      let sum = 0
      for (let u = 0; u < BLOCK; u++) {
        const place = v * BLOCK + u
        sum +=
          (BASIS[u * BLOCK + x] as number) * (coefficients[at + place] as number) * (table[place] as number)
      }
      lines[v * BLOCK + x] = sum
    }
  }
}

/** Writes the samples of a plane into the interleaved picture, repeated where the plane is subsampled. */
function spread(
  pixels: Uint16Array,
  plane: Plane,
  frame: JpegFrame,
  data: Uint8Array | Uint16Array,
  index: number,
): void {
  const widest = Math.max(...frame.components.map(({ horizontal }) => horizontal))
  const tallest = Math.max(...frame.components.map(({ vertical }) => vertical))
  const samples = frame.components.length
  const width = plane.stride * BLOCK
  for (let row = 0; row < frame.rows; row++) {
    const line = Math.floor((row * plane.vertical) / tallest) * width
    for (let column = 0; column < frame.columns; column++) {
      const from = line + Math.floor((column * plane.horizontal) / widest)
      data[(row * frame.columns + column) * samples + index] = pixels[from] as number
    }
  }
}
