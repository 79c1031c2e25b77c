import type { FrameInfo } from '#shared/domain/image'
import { voiByte } from '#shared/pixels/voi'
import { shadesOf } from '../display/palette'
import type { Greys } from '../display/picture-bytes'

/** The greys of modality values (NaN: nothing there, black) as RGBA, by the VOI that the stack is shown by. */
export function planePicture(
  values: Float32Array,
  info: Pick<FrameInfo, 'voiFunction' | 'photometric'>,
  greys: Greys,
  out: Uint8ClampedArray<ArrayBuffer>,
): void {
  const pixels = new Uint32Array(out.buffer, out.byteOffset, out.byteLength / 4)
  const inverted = (info.photometric === 'MONOCHROME1') !== greys.inverted
  const shades = shadesOf({ palette: greys.palette, inverted })
  for (let at = 0; at < pixels.length; at += 1) {
    const value = values[at] ?? Number.NaN
    pixels[at] = Number.isNaN(value)
      ? 0xff000000
      : (shades[Math.round(voiByte(value, greys.window, info.voiFunction))] ?? 0)
  }
}
