/** Colour conversions to interleaved 8-bit RGB. */

/** Full-range YCbCr of ITU-R BT.601 (PS3.3, C.7.6.3.1.2), interleaved, 8 bits. */
export function ybrFullToRgb(data: Uint8Array): Uint8Array {
  const rgb = new Uint8ClampedArray(data.length)
  for (let at = 0; at < data.length; at += 3) {
    const y = data[at] as number
    const cb = (data[at + 1] as number) - 128
    const cr = (data[at + 2] as number) - 128
    rgb[at] = y + 1.402 * cr
    rgb[at + 1] = y - 0.344136 * cb - 0.714136 * cr
    rgb[at + 2] = y + 1.772 * cb
  }
  return new Uint8Array(rgb.buffer)
}

/** Studio-range YCbCr: Y from 16 to 235, Cb and Cr from 16 to 240 (YBR_PARTIAL). */
export function ybrPartialToRgb(data: Uint8Array): Uint8Array {
  const rgb = new Uint8ClampedArray(data.length)
  for (let at = 0; at < data.length; at += 3) {
    const y = 1.164384 * ((data[at] as number) - 16)
    const cb = (data[at + 1] as number) - 128
    const cr = (data[at + 2] as number) - 128
    rgb[at] = y + 1.596027 * cr
    rgb[at + 1] = y - 0.391762 * cb - 0.812968 * cr
    rgb[at + 2] = y + 2.017232 * cb
  }
  return new Uint8Array(rgb.buffer)
}

/** Colour by colour to pixel by pixel. */
export function interleave<Data extends { length: number; slice(): Data; [index: number]: number }>(
  data: Data,
  samples: number,
): Data {
  const result = data.slice()
  const pixels = data.length / samples
  for (let sample = 0; sample < samples; sample++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      result[pixel * samples + sample] = data[sample * pixels + pixel] as number
    }
  }
  return result
}

/** Uncompressed 4:2:2, transmitted Y Y Cb Cr for two pixels (PS3.3, C.7.6.3.1.2), with the chroma repeated. */
export function expand422(bytes: Uint8Array, pixels: number): Uint8Array {
  const full = new Uint8Array(pixels * 3)
  for (let pixel = 0; pixel < pixels; pixel++) {
    const pair = (pixel >> 1) * 4
    full[pixel * 3] = bytes[pair + (pixel & 1)] as number
    full[pixel * 3 + 1] = bytes[pair + 2] as number
    full[pixel * 3 + 2] = bytes[pair + 3] as number
  }
  return full
}
