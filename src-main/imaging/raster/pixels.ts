import { LeptonError } from '#shared/domain/fault'
import type { Probe } from './probe'

/**
 * Decoded pixels, of 8 or 16 bits with or without alpha, as one grey sample (8 or 16 bits) or three of 8 bits.
 * Alpha is laid on black. Throws IMAGE_CORRUPT where the amount fits no layout.
 */
export function pixelsOf(
  bytes: Uint8Array,
  pixels: number,
  { samples, bits }: Probe,
): Uint8Array | Uint16Array {
  const wide = bits > 8
  const size = wide ? 2 : 1
  const channels = bytes.length / pixels / size
  const colours = channels >= 3 ? 3 : 1
  if (!Number.isInteger(channels) || channels > 4 || colours > samples) {
    const received = `${bytes.length} bytes for ${pixels} pixels`
    throw new LeptonError('IMAGE_CORRUPT', { expected: 'grey or RGB of 8 or 16 bits', received })
  }
  const data = wide ? new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1) : bytes
  const opaque = channels === 2 || channels === 4 ? onBlack(data, colours, wide ? 65535 : 255) : data
  if (samples === 3 && opaque instanceof Uint16Array) return Uint8Array.from(opaque, (value) => value >> 8)
  return samples === 3 && colours === 1 ? tripled(opaque) : opaque
}

function onBlack(data: Uint8Array | Uint16Array, colours: number, full: number): Uint8Array | Uint16Array {
  const channels = colours + 1
  const pixels = data.length / channels
  const result = full === 255 ? new Uint8Array(pixels * colours) : new Uint16Array(pixels * colours)
  for (let pixel = 0; pixel < pixels; pixel++) {
    const alpha = (data[pixel * channels + colours] as number) / full
    for (let colour = 0; colour < colours; colour++) {
      result[pixel * colours + colour] = Math.round((data[pixel * channels + colour] as number) * alpha)
    }
  }
  return result
}

function tripled(grey: Uint8Array | Uint16Array): Uint8Array {
  const rgb = new Uint8Array(grey.length * 3)
  for (let pixel = 0; pixel < grey.length; pixel++) rgb.fill(grey[pixel] as number, pixel * 3, pixel * 3 + 3)
  return rgb
}
