import type { Frame } from '#shared/domain/image'
import { displayBytes, type Window } from '#shared/pixels/voi'
import { type Palette, shadesOf } from './palette'

/** What turns modality values into greys: a window of the frame's own VOI function, inverted or not. */
export interface Greys {
  window: Window
  /** Exchanges black and white, on top of what MONOCHROME1 already asks for. */
  inverted: boolean
  palette: Palette
}

export const sameGreys = (left: Greys, right: Greys): boolean =>
  left.inverted === right.inverted &&
  left.palette === right.palette &&
  left.window.center === right.window.center &&
  left.window.width === right.window.width &&
  left.window.lut?.levels === right.window.lut?.levels

/**
 * Fills `out` (RGBA, rows x columns x 4 bytes) with what the frame looks like: grey by the shared VOI, the same
 * that thumbnails use; colour as stored.
 */
export function pictureBytes(frame: Frame, greys: Greys, out: Uint8ClampedArray<ArrayBuffer>): void {
  const pixels = new Uint32Array(out.buffer, out.byteOffset, out.byteLength / 4)
  const flip = greys.inverted ? 0x00ffffff : 0
  if (frame.samples === 3) {
    colour(frame, flip, pixels)
    return
  }
  const bytes = displayBytes(frame, greys.window)
  const shades = shadesOf(greys)
  for (let index = 0; index < pixels.length; index += 1) pixels[index] = shades[bytes[index] ?? 0] ?? 0
}

function colour({ data }: Frame, flip: number, pixels: Uint32Array): void {
  for (let index = 0, sample = 0; index < pixels.length; index += 1, sample += 3) {
    const red = data[sample] as number
    const green = data[sample + 1] as number
    const blue = data[sample + 2] as number
    pixels[index] = (0xff000000 | (blue << 16) | (green << 8) | red) ^ flip
  }
}
