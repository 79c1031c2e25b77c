import type { Box, Rle } from '../domain/finding'
import type { Size } from '../geometry/grid'
import { encodeRle } from '../geometry/rle'
import type { Corners, Outline } from './candidate'

/** How a view lies over the stored image. */
export interface Carriage {
  /** Rows and columns of the stored image. */
  stored: Readonly<Size>
  /** Rows and columns of the image on the network's scale. */
  content: Readonly<Size>
  /** Where the image's first pixel lies in the network's input, down and across. */
  offset: Readonly<Size>
}

/** A box of the network's input in pixels of the stored image, cut at its border. */
export function carriedBack([x1, y1, x2, y2]: Corners, { stored, content, offset }: Carriage): Corners {
  const across = (x: number) => clamp(((x - offset[1]) * stored[1]) / content[1], stored[1])
  const down = (y: number) => clamp(((y - offset[0]) * stored[0]) / content[0], stored[0])
  return [across(x1), down(y1), across(x2), down(y2)]
}

/** A box as the library keeps it. */
export function boxOf([x1, y1, x2, y2]: Corners): Box {
  return [x1, y1, x2 - x1, y2 - y1]
}

/**
 * The mask of a detection on the stored image: pixels within `box` whose logit, interpolated between the points of
 * the outline's grid, is positive.
 *
 * @param padded rows and columns of the network's input, which the outline's grid spans
 */
export function carriedMask(
  { grid, window, logits }: Outline,
  box: Corners,
  { stored, content, offset }: Carriage,
  padded: Readonly<Size>,
): { rle: Rle; area: number } {
  const [rows, columns] = stored
  const [left, top, width, height] = window
  const toGrid = (at: number, side: 0 | 1) =>
    ((((at + 0.5) * content[side]) / stored[side] + offset[side]) * grid[side]) / padded[side] - 0.5
  const mask = new Uint8Array(rows * columns)
  let area = 0
  // pixels whose centres lie in the box
  const [fromX, untilX] = [Math.ceil(box[0] - 0.5), Math.ceil(box[2] - 0.5)]
  const [fromY, untilY] = [Math.ceil(box[1] - 0.5), Math.ceil(box[3] - 0.5)]
  const value = (x: number, y: number) =>
    logits[clamp(y - top, height - 1) * width + clamp(x - left, width - 1)] ?? 0
  for (let y = fromY; y < untilY && width > 0 && height > 0; y++) {
    const v = toGrid(y, 0)
    const upper = Math.floor(v)
    for (let x = fromX; x < untilX; x++) {
      const u = toGrid(x, 1)
      const before = Math.floor(u)
      const above = value(before, upper) * (1 - u + before) + value(before + 1, upper) * (u - before)
      const below = value(before, upper + 1) * (1 - u + before) + value(before + 1, upper + 1) * (u - before)
      if (above * (1 - v + upper) + below * (v - upper) <= 0) continue
      mask[y * columns + x] = 1
      area++
    }
  }
  return { rle: encodeRle(mask, rows, columns), area }
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value))
}
