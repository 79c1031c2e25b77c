import type { Candidate, Corners, Outline } from './candidate'

/** A plane or several (rows of `columns` values), each row turned left to right. */
export function mirrored(values: Float32Array, columns: number): Float32Array<ArrayBuffer> {
  const turned = new Float32Array(values)
  for (let start = 0; start < turned.length; start += columns) {
    turned.subarray(start, start + columns).reverse()
  }
  return turned
}

/** A candidate of the mirror image, `columns` wide, where it lies in the image itself. */
export function mirroredBack(candidate: Candidate, columns: number): Candidate {
  const [x1, y1, x2, y2] = candidate.box
  const box: Corners = [columns - x2, y1, columns - x1, y2]
  return { ...candidate, box, outline: candidate.outline && mirroredOutline(candidate.outline) }
}

function mirroredOutline({ grid, window: [left, top, width, height], logits }: Outline): Outline {
  return {
    grid,
    window: [grid[1] - left - width, top, width, height],
    logits: width > 0 ? mirrored(logits, width) : logits,
  }
}
