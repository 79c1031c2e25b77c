import type { Point, Shape } from '../../domain/annotation/shape'
import type { Box } from '../../domain/finding'
import { boxOfMask } from './crop'

/** The upright box around a shape; null for a tag and an empty mask. */
export function extentOf(shape: Shape): Box | null {
  switch (shape.kind) {
    case 'box':
      return shape.angle === 0 ? shape.box : around(cornersOf(shape.box, shape.angle))
    case 'polygon':
      return around(shape.parts.flat(2))
    case 'mask':
      return extentOfMask(boxOfMask(shape.mask))
    case 'ellipse': {
      const [a, b] = shape.radii
      const turn = (shape.angle * Math.PI) / 180
      const across = Math.hypot(a * Math.cos(turn), b * Math.sin(turn))
      const down = Math.hypot(a * Math.sin(turn), b * Math.cos(turn))
      return [shape.centre[0] - across, shape.centre[1] - down, 2 * across, 2 * down]
    }
    case 'point':
      return [...shape.point, 0, 0]
    case 'line':
    case 'angle':
      return around(shape.points)
    case 'tag':
      return null
  }
}

/** Corners of a box turned clockwise about its middle, from the top left one, clockwise. */
export function cornersOf([x, y, width, height]: Box, angle: number): Point[] {
  const corners: Point[] = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ]
  if (angle === 0) return corners
  return corners.map((corner) => turned(corner, [x + width / 2, y + height / 2], angle))
}

/** A point turned clockwise on the screen by so many degrees about another. */
export function turned([x, y]: Point, [middleX, middleY]: Point, degrees: number): Point {
  const turn = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const [dx, dy] = [x - middleX, y - middleY]
  return [middleX + dx * cos - dy * sin, middleY + dx * sin + dy * cos]
}

function around(points: readonly Point[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return [left, top, right - left, bottom - top]
}

const extentOfMask = (box: Box): Box | null => (box[2] > 0 ? box : null)
