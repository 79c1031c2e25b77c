/** x1, y1, x2, y2 from the corner of the first pixel. */
export type Corners = readonly [number, number, number, number]

/** The logits of a detection's mask within a window of a grid that spans the network's input. */
export interface Outline {
  /** Rows and columns of the whole grid. */
  grid: readonly [number, number]
  /** [x, y, width, height] of the grid that `logits` covers, row by row. */
  window: [number, number, number, number]
  logits: Float32Array
}

/** A box a network proposes, in pixels of its input. */
export interface Candidate {
  label: string
  score: number
  box: Corners
  outline: Outline | null
}

type BoxFormat = 'xyxy' | 'xywh' | 'cxcywh'

/** Four numbers of any arrangement as corners in pixels of the network's input. */
export function cornersOf(
  [a, b, c, d]: Corners,
  format: BoxFormat,
  unit: 'pixels' | 'normalised',
  { rows, columns }: { rows: number; columns: number },
): Corners {
  const [sx, sy] = unit === 'normalised' ? [columns, rows] : [1, 1]
  const [x, y, p, q] = [a * sx, b * sy, c * sx, d * sy]
  switch (format) {
    case 'xyxy':
      return [x, y, p, q]
    case 'xywh':
      return [x, y, x + p, y + q]
    case 'cxcywh':
      return [x - p / 2, y - q / 2, x + p / 2, y + q / 2]
  }
}

export function areaOf([x1, y1, x2, y2]: Corners): number {
  return Math.max(0, x2 - x1) * Math.max(0, y2 - y1)
}

/** Area two boxes share. */
export function overlapOf(a: Corners, b: Corners): number {
  return areaOf([Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])])
}

/** Intersection over union; 0 for empty boxes. */
export function iouOf(a: Corners, b: Corners): number {
  const shared = overlapOf(a, b)
  const union = areaOf(a) + areaOf(b) - shared
  return union > 0 ? shared / union : 0
}
