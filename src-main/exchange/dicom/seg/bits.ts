import type { Rle } from '#shared/domain/finding'
import { forEachSetRun } from '#shared/geometry/rle'

/**
 * Masks as one stream of bits, the first pixel in the lowest bit of the first byte, each frame beginning where the one
 * before ended, which may be within a byte (PS3.5, 8.1.1 and annex D).
 */
export function packBits(frames: readonly Rle[], pixelsPerFrame: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((frames.length * pixelsPerFrame) / 8))
  for (const [frame, mask] of frames.entries()) {
    forEachSetRun(mask, (start, length) => {
      const from = frame * pixelsPerFrame + start
      for (let bit = from; bit < from + length; bit++) {
        // a shift would cut numbers to 32 bits, and long stacks have more
        const byte = Math.floor(bit / 8)
        bytes[byte] = (bytes[byte] ?? 0) | (1 << (bit % 8))
      }
    })
  }
  return bytes
}
