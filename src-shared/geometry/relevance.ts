import { resizeBilinear, type Window } from './bilinear'
import type { Size } from './grid'

/**
 * A field over the network's input on the image's own grid: rows x columns values over `content`, scaled so that
 * the greatest becomes 255. What the input does not show is 0.
 *
 * @param padded rows and columns of the network's input, which the field spans
 * @param visible the part of the scaled image that the input shows
 * @param offset where the image's first pixel lies in the input, down and across
 */
export function relevanceBytes(
  field: { rows: number; columns: number; values: ArrayLike<number> },
  padded: Readonly<Size>,
  [left, top, width, height]: Window,
  offset: Readonly<Size>,
): Uint8Array<ArrayBuffer> {
  const whole = resizeBilinear(field.values, [field.rows, field.columns], padded)
  const bytes = new Uint8Array(width * height)
  let most = 0
  const at = (x: number, y: number) =>
    Math.max(0, whole[(top + y + offset[0]) * padded[1] + left + x + offset[1]] ?? 0)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) most = Math.max(most, at(x, y))
  if (most === 0) return bytes
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) bytes[y * width + x] = Math.floor((at(x, y) / most) * 255 + 0.5)
  }
  return bytes
}
