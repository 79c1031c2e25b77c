import { LeptonError } from '#shared/domain/fault'

const HEADER = 64
const MAX_SEGMENTS = 15

/**
 * Decodes RLE Lossless (PS3.5, annex G). The segments hold the bytes of all pixels, most significant first, colour
 * by colour. Returns little endian samples of `width` bytes, colours interleaved. Throws PIXELS_CORRUPT.
 */
export function decodeRle(bytes: Uint8Array, pixels: number, samples: number, width: number): Uint8Array {
  if (bytes.length < HEADER) throw corrupt('an RLE header of 64 bytes', String(bytes.length))
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER)
  const segments = header.getUint32(0, true)
  if (segments !== samples * width || segments > MAX_SEGMENTS) {
    throw corrupt(`${samples * width} RLE segments`, String(segments))
  }
  const output = new Uint8Array(pixels * samples * width)
  for (let segment = 0; segment < segments; segment++) {
    const start = header.getUint32(4 + segment * 4, true)
    const end = segment + 1 < segments ? header.getUint32(8 + segment * 4, true) : bytes.length
    const sample = Math.floor(segment / width)
    const byte = width - 1 - (segment % width)
    const written = unpackSegment(bytes.subarray(start, end), output, sample * width + byte, samples * width)
    if (written < pixels) throw corrupt(`${pixels} bytes in RLE segment ${segment + 1}`, String(written))
  }
  return output
}

/** PackBits into every `step`-th byte from `first`; returns how many were written. */
function unpackSegment(input: Uint8Array, output: Uint8Array, first: number, step: number): number {
  let from = 0
  let to = first
  while (from < input.length && to < output.length) {
    const control = input[from++] as number
    if (control < 128) {
      const stop = Math.min(from + control + 1, input.length)
      for (; from < stop && to < output.length; to += step) output[to] = input[from++] as number
    } else if (control > 128) {
      const value = input[from++] ?? 0
      for (let count = 257 - control; count > 0 && to < output.length; count--, to += step) output[to] = value
    }
  }
  return Math.floor((to - first) / step)
}

function corrupt(expected: string, received: string): LeptonError {
  return new LeptonError('PIXELS_CORRUPT', { expected, received })
}
