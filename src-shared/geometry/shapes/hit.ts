import type { Point, Ring, Shape } from '../../domain/annotation/shape'
import { turned } from './extent'
import { distanceToSegment } from './simplify'

/** Whether a point lies in an area, or no farther than `reach` pixels from a line or a point. */
export function hits(shape: Shape, at: Point, reach: number): boolean {
  switch (shape.kind) {
    case 'box': {
      const [x, y, width, height] = shape.box
      const [px, py] = turned(at, [x + width / 2, y + height / 2], -shape.angle)
      return px >= x && py >= y && px <= x + width && py <= y + height
    }
    case 'ellipse': {
      const { centre, radii, angle } = shape
      const [px, py] = turned(at, centre, -angle)
      return ((px - centre[0]) / radii[0]) ** 2 + ((py - centre[1]) / radii[1]) ** 2 <= 1
    }
    case 'mask':
      return isSet(shape.mask, Math.floor(at[0]), Math.floor(at[1]))
    case 'polygon':
      return shape.parts.some((rings) => rings.filter((ring) => inside(ring, at)).length % 2 === 1)
    case 'line':
    case 'angle':
      return shape.points
        .slice(1)
        .some((end, i) => distanceToSegment(at, shape.points[i] ?? end, end) <= reach)
    case 'point':
      return Math.hypot(at[0] - shape.point[0], at[1] - shape.point[1]) <= reach
    case 'tag':
      return false
  }
}

/** Even-odd. */
function inside(ring: Ring, [x, y]: Point): boolean {
  let within = false
  ring.forEach(([ax, ay], i) => {
    const [bx, by] = ring[(i + 1) % ring.length] ?? [ax, ay]
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) within = !within
  })
  return within
}

function isSet(
  { rows, columns, runs }: { rows: number; columns: number; runs: readonly number[] },
  x: number,
  y: number,
) {
  if (x < 0 || y < 0 || x >= columns || y >= rows) return false
  let left = y * columns + x
  for (const [i, length] of runs.entries()) {
    if (left < length) return i % 2 === 1
    left -= length
  }
  return false
}
