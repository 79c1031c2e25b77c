import { LeptonError } from '#shared/domain/fault'
import { type HuffmanTable, huffmanTable } from './entropy-reader'

export interface FrameComponent {
  id: number
  horizontal: number
  vertical: number
  quantization: number
}

export interface JpegFrame {
  process: number
  precision: number
  rows: number
  columns: number
  components: FrameComponent[]
}

/** One scan with the tables that hold for it. `start` to `end` are the four bytes Ss, Se, Ah and Al. */
export interface JpegScan {
  frame: JpegFrame
  components: { index: number; dc: HuffmanTable | null; ac: HuffmanTable | null }[]
  spectralStart: number
  spectralEnd: number
  high: number
  low: number
  restartInterval: number
  quantization: readonly (Uint16Array | undefined)[]
  /** Where the entropy-coded data starts. */
  position: number
}

/** Walks the markers of a JPEG stream (ITU-T T.81, annex B) scan by scan. Throws PIXELS_CORRUPT. */
export function* jpegScans(bytes: Uint8Array): Generator<JpegScan> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const huffman = new Map<number, HuffmanTable>()
  const quantization: Uint16Array[] = []
  let frame: JpegFrame | null = null
  let restartInterval = 0
  for (let at = nextMarker(bytes, 2); at !== -1; ) {
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xd9) return
    if (at + 4 > bytes.length) return
    const end = at + 2 + view.getUint16(at + 2)
    const body = bytes.subarray(at + 4, end)
    if (marker === 0xc4) readHuffman(body, huffman)
    else if (marker === 0xdb) readQuantization(body, quantization)
    else if (marker === 0xdd) restartInterval = view.getUint16(at + 4)
    else if (marker >= 0xc0 && marker <= 0xcf) frame = readFrame(marker, body)
    else if (marker === 0xda) {
      if (frame === null) throw corrupt('a frame header before the scan')
      yield { ...readScan(body, frame, huffman), restartInterval, quantization, position: end }
    }
    at = nextMarker(bytes, end)
  }
}

/** Position of the next marker that is neither stuffing nor a restart; -1 without one. */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return -1
}

function readFrame(marker: number, body: Uint8Array): JpegFrame {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const count = body[5] ?? 0
  if (body.length < 6 + count * 3) throw corrupt('a frame header')
  const components = Array.from({ length: count }, (_, index) => {
    const at = 6 + index * 3
    const sampling = body[at + 1] ?? 0
    return {
      id: body[at] ?? 0,
      horizontal: sampling >> 4,
      vertical: sampling & 15,
      quantization: body[at + 2] ?? 0,
    }
  })
  const [precision = 0] = body
  return {
    process: marker - 0xc0,
    precision,
    rows: view.getUint16(1),
    columns: view.getUint16(3),
    components,
  }
}

function readScan(body: Uint8Array, frame: JpegFrame, huffman: ReadonlyMap<number, HuffmanTable>) {
  const count = body[0] ?? 0
  const components = Array.from({ length: count }, (_, place) => {
    const id = body[1 + place * 2]
    const tables = body[2 + place * 2] ?? 0
    const index = frame.components.findIndex((component) => component.id === id)
    if (index === -1) throw corrupt('a component of the frame', String(id))
    return { index, dc: huffman.get(tables >> 4) ?? null, ac: huffman.get(16 + (tables & 15)) ?? null }
  })
  const at = 1 + count * 2
  const approximation = body[at + 2] ?? 0
  return {
    frame,
    components,
    spectralStart: body[at] ?? 0,
    spectralEnd: body[at + 1] ?? 0,
    high: approximation >> 4,
    low: approximation & 15,
  }
}

function readHuffman(body: Uint8Array, huffman: Map<number, HuffmanTable>): void {
  for (let at = 0; at + 17 <= body.length; ) {
    const counts = body.subarray(at + 1, at + 17)
    const total = counts.reduce((sum, count) => sum + count, 0)
    const symbols = body.slice(at + 17, at + 17 + total)
    huffman.set(body[at] ?? 0, huffmanTable(counts, symbols))
    at += 17 + total
  }
}

function readQuantization(body: Uint8Array, tables: Uint16Array[]): void {
  for (let at = 0; at < body.length; ) {
    const head = body[at++] ?? 0
    const wide = head >> 4 !== 0
    const table = new Uint16Array(64)
    for (let index = 0; index < 64; index++, at += wide ? 2 : 1) {
      table[index] = wide ? ((body[at] ?? 0) << 8) | (body[at + 1] ?? 0) : (body[at] ?? 0)
    }
    tables[head & 15] = table
  }
}

function corrupt(expected: string, received = ''): LeptonError {
  return new LeptonError('PIXELS_CORRUPT', { expected, received })
}
