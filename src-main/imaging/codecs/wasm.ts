import { LeptonError } from '#shared/domain/fault'
import { MAX_CODED_SAMPLES } from '../limits'

/** What a codec made of a code stream: little endian samples, colours interleaved unless `planar`. */
export interface Decoded {
  rows: number
  columns: number
  samples: number
  /** Significant bits of a sample. */
  bits: number
  planar: boolean
  data: Uint8Array | Uint16Array
  /** Colour model of the result where the codec changed or knows it; else the one the object states. */
  colour?: 'RGB' | 'YBR_FULL'
}

export type Decode = (codeStream: Uint8Array) => Promise<Decoded>

type Loader = (binary: Uint8Array, silent: Omit<WasmOptions, 'wasmBinary'>) => Promise<new () => WasmDecoder>

/** Memory of a codec only grows; an instance larger than this is not kept for the next frame. */
const MAX_KEPT_HEAP = 256 * 2 ** 20

/**
 * A decoder of a WebAssembly codec, loaded when first used. An instance that failed is thrown away, for its memory
 * may be broken. Throws PIXELS_CORRUPT or PIXELS_TOO_LARGE.
 */
export function wasmDecode(binary: () => Promise<{ default: string }>, load: Loader): Decode {
  let loading: Promise<new () => WasmDecoder> | null = null
  const instantiate = async () => {
    const dataUrl = (await binary()).default
    const bytes = Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64')
    return load(bytes, { print: () => {}, printErr: () => {} })
  }
  return async (codeStream) => {
    loading ??= instantiate()
    const Decoder = await loading.catch((error: unknown) => {
      loading = null
      throw error
    })
    try {
      const { decoded, heap } = run(new Decoder(), codeStream)
      if (heap > MAX_KEPT_HEAP) loading = null
      return decoded
    } catch (cause) {
      loading = null
      if (cause instanceof LeptonError) throw cause
      const received = cause instanceof Error ? cause.message : 'data the codec refuses'
      throw new LeptonError('PIXELS_CORRUPT', { expected: 'a code stream', received, cause })
    }
  }
}

function run(decoder: WasmDecoder, codeStream: Uint8Array): { decoded: Decoded; heap: number } {
  try {
    decoder.getEncodedBuffer(codeStream.length).set(codeStream)
    if (decoder.readHeader) {
      decoder.readHeader()
      checkSize(decoder.getFrameInfo())
    }
    decoder.decode()
    const info = decoder.getFrameInfo()
    checkSize(info)
    const { width, height, componentCount, bitsPerSample } = info
    const bytes = decoder.getDecodedBuffer()
    const count = width * height * componentCount
    const size = bitsPerSample <= 8 ? 1 : 2
    if (bytes.length < count * size) {
      throw new LeptonError('PIXELS_CORRUPT', {
        expected: `${count * size} bytes`,
        received: `${bytes.length}`,
      })
    }
    const copy = new Uint8Array(bytes.buffer, bytes.byteOffset, count * size).slice()
    const decoded = {
      rows: height,
      columns: width,
      samples: componentCount,
      bits: bitsPerSample,
      planar: componentCount > 1 && decoder.getInterleaveMode?.() === 0,
      data: size === 1 ? copy : new Uint16Array(copy.buffer),
    }
    return { decoded, heap: bytes.buffer.byteLength }
  } finally {
    decoder.delete()
  }
}

function checkSize({ width, height, componentCount, bitsPerSample }: WasmFrameInfo): void {
  checkCoded(height, width, componentCount)
  if (bitsPerSample > 16) {
    throw new LeptonError('TRANSFER_SYNTAX_UNSUPPORTED', {
      expected: 'compressed samples of at most 16 bits',
      received: `${bitsPerSample} bits`,
    })
  }
}

/** Refuses a code stream that would unfold to more than memory is given for. Throws PIXELS_TOO_LARGE. */
export function checkCoded(rows: number, columns: number, samples: number): void {
  if (rows * columns * samples <= MAX_CODED_SAMPLES) return
  throw new LeptonError('PIXELS_TOO_LARGE', {
    expected: `at most ${MAX_CODED_SAMPLES} samples in a code stream`,
    received: `${columns} x ${rows} x ${samples}`,
  })
}
