import type { Point } from '../../domain/annotation/shape'
import type { Box } from '../../domain/finding'

/** A mask as bytes, row by row, 1 where set: what a brush works on. */
export interface MaskBytes {
  rows: number
  columns: number
  bytes: Uint8Array
}

export interface Stroke {
  from: Point
  to: Point
  /** Pixels along the axis of the smaller spacing. */
  radius: number
  /** Stretch of x and y that gives pixels their physical shape: the brush is round on the screen. */
  stretch: Point
  value: 0 | 1
  /** Pixels that may be changed; all where it is missing. */
  accepts?: ((place: number) => boolean) | undefined
}

/** Draws a stroke of a round brush between two points. Answers the box that changed, null where nothing did. */
export function paintStroke(mask: MaskBytes, stroke: Stroke): Box | null {
  const { rows, columns, bytes } = mask
  const { radius, stretch, value, accepts } = stroke
  const [ax, ay] = [stroke.from[0] * stretch[0], stroke.from[1] * stretch[1]]
  const [bx, by] = [stroke.to[0] * stretch[0], stroke.to[1] * stretch[1]]
  const [reachX, reachY] = [radius / stretch[0], radius / stretch[1]]
  const left = Math.max(0, Math.floor(Math.min(stroke.from[0], stroke.to[0]) - reachX))
  const right = Math.min(columns, Math.ceil(Math.max(stroke.from[0], stroke.to[0]) + reachX))
  const top = Math.max(0, Math.floor(Math.min(stroke.from[1], stroke.to[1]) - reachY))
  const bottom = Math.min(rows, Math.ceil(Math.max(stroke.from[1], stroke.to[1]) + reachY))
  const [wayX, wayY] = [bx - ax, by - ay]
  const squared = wayX * wayX + wayY * wayY
  // the pixel under the tip is always painted, however small the brush
  const under = Math.floor(stroke.to[1]) * columns + Math.floor(stroke.to[0])
  let changed = false
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const place = y * columns + x
      if (bytes[place] === value) continue
      const [px, py] = [(x + 0.5) * stretch[0], (y + 0.5) * stretch[1]]
      const along =
        squared === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * wayX + (py - ay) * wayY) / squared))
      const [dx, dy] = [px - ax - along * wayX, py - ay - along * wayY]
      if (dx * dx + dy * dy > radius * radius && place !== under) continue
      if (accepts && !accepts(place)) continue
      bytes[place] = value
      changed = true
    }
  }
  return changed && right > left && bottom > top ? [left, top, right - left, bottom - top] : null
}
