import type { Window } from './bilinear'
import type { Size } from './grid'

/** Planes of bytes over a window of an image, one width x height plane for each label. */
export interface PlacedPlanes {
  window: Window
  planes: Uint8Array
}

/**
 * Puts tiles together: where they overlap, each counts by how far the pixel lies from its edges. The result covers
 * the whole image; what no tile covers is 0.
 */
export function mergeTiles(
  tiles: readonly PlacedPlanes[],
  [rows, columns]: Readonly<Size>,
  labels: number,
): PlacedPlanes {
  const size = rows * columns
  const merged = new Uint8Array(labels * size)
  const weights = new Float32Array(size)
  const sums = new Float32Array(size)
  for (let label = 0; label < labels; label++) {
    sums.fill(0)
    for (const { window, planes } of tiles) {
      const [left, top, width, height] = window
      for (let y = 0; y < height; y++) {
        const down = Math.min(y + 1, height - y)
        const from = (label * height + y) * width
        const to = (top + y) * columns + left
        for (let x = 0; x < width; x++) {
          const weight = down * Math.min(x + 1, width - x)
          sums[to + x] = (sums[to + x] ?? 0) + weight * (planes[from + x] ?? 0)
          if (label === 0) weights[to + x] = (weights[to + x] ?? 0) + weight
        }
      }
    }
    for (let i = 0; i < size; i++) {
      const weight = weights[i] ?? 0
      merged[label * size + i] = weight > 0 ? Math.floor((sums[i] ?? 0) / weight + 0.5) : 0
    }
  }
  return { window: [0, 0, columns, rows], planes: merged }
}
