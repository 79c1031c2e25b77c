import { inflateSync } from 'node:zlib'
import { type DecodedPng, decode } from 'fast-png'
import { LeptonError } from '#shared/domain/fault'

const SIGNATURE = 8
const CHUNK_FRAME = 12
/** Bytes of a pixel at most: four channels of 16 bits. */
const WIDEST = 8

/**
 * A PNG of at most the given size. Its header and what its pixels unfold to are looked at before it is decoded.
 * @throws INPUT_INVALID
 */
export function smallPng(bytes: Buffer, columns: number, rows: number): DecodedPng {
  const small = bytes.length > 24 && bytes.readUInt32BE(16) <= columns && bytes.readUInt32BE(20) <= rows
  try {
    if (small) {
      // interlaced pictures have up to two lines for each row
      inflateSync(pixelData(bytes), { maxOutputLength: (columns * WIDEST + 2) * rows * 2 + 64 })
      return decode(bytes)
    }
  } catch (cause) {
    throw new LeptonError('INPUT_INVALID', { expected: 'a mask as PNG', received: 'other bytes', cause })
  }
  throw new LeptonError('INPUT_INVALID', {
    expected: `a mask within ${columns} x ${rows}`,
    received: 'a larger one, or none',
  })
}

/** The IDAT chunks, put together. */
function pixelData(bytes: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = SIGNATURE; at + CHUNK_FRAME <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + length))
    at += CHUNK_FRAME + length
  }
  return Buffer.concat(parts)
}
