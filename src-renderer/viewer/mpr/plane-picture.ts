import type { FrameInfo } from '#shared/domain/image'
import { voiByte } from '#shared/pixels/voi'
import type { Greys } from '../display/picture-bytes'

/** The greys of modality values (NaN: nothing there, black) as RGBA, by the VOI that the stack is shown by. */
export function planePicture(
  values: Float32Array,
  info: Pick<FrameInfo, 'voiFunction' | 'photometric'>,
  { window, inverted }: Greys,
  out: Uint8ClampedArray<ArrayBuffer>,
): void {
  const pixels = new Uint32Array(out.buffer, out.byteOffset, out.byteLength / 4)
  const flip = (info.photometric === 'MONOCHROME1') !== inverted ? 255 : 0
  for (let at = 0; at < pixels.length; at += 1) {
    const value = values[at] ?? Number.NaN
    const byte = Number.isNaN(value) ? 0 : Math.round(voiByte(value, window, info.voiFunction)) ^ flip
    pixels[at] = 0xff000000 | (byte * 0x010101)
  }
}
