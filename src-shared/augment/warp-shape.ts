import type { Point, Ring, Shape } from '../domain/annotation/shape'
import { decodeRle, encodeRle } from '../geometry/rle'
import { extentOf } from '../geometry/shapes/extent'
import { partsOf } from '../geometry/shapes/parts'
import { forward, shownRows, type Warp } from './warp'

/** Points along an edge of a shape that is bent. */
const alongEdge = 8
/** Share of a shape's box that must be in sight. */
const leastInSight = 0.05

/** A shape as it lies in the variant; null where hardly anything of it is in sight. */
export function warpShape(shape: Shape, warp: Warp): Shape | null {
  const moved = movedShape(shape, warp)
  if (moved === null || moved.kind === 'tag') return moved
  const box = extentOf(moved)
  if (!box) return null
  const [x, y, width, height] = box
  const seenX = Math.min(warp.columns, x + width) - Math.max(0, x)
  const seenY = Math.min(warp.rows, y + height) - Math.max(0, y)
  if (seenX < 0 || seenY < 0) return null
  return width * height > 0 && seenX * seenY < leastInSight * width * height ? null : moved
}

function movedShape(shape: Shape, warp: Warp): Shape | null {
  const move = (point: Point) => forward(warp, point)
  switch (shape.kind) {
    case 'box': {
      if (warp.field) return bent(shape, warp)
      const [x, y, width, height] = shape.box
      const [middleX, middleY] = move([x + width / 2, y + height / 2])
      const [w, h] = [width * warp.scale, height * warp.scale]
      return {
        kind: 'box',
        box: [middleX - w / 2, middleY - h / 2, w, h],
        angle: turnedAngle(shape.angle, warp),
      }
    }
    case 'ellipse': {
      if (warp.field) return bent(shape, warp)
      const radii: Point = [shape.radii[0] * warp.scale, shape.radii[1] * warp.scale]
      return { kind: 'ellipse', centre: move(shape.centre), radii, angle: turnedAngle(shape.angle, warp) }
    }
    case 'polygon':
      return bent(shape, warp)
    case 'mask':
      return warpMask(shape, warp)
    case 'point':
      return { kind: 'point', point: move(shape.point) }
    case 'line':
      return { kind: 'line', points: shape.points.map(move) }
    case 'angle': {
      const [a, vertex, b] = shape.points
      return { kind: 'angle', points: [move(a), move(vertex), move(b)] }
    }
    case 'tag':
      return shape
  }
}

const turnedAngle = (angle: number, { flipX, flipY, angle: turn }: Warp) =>
  (flipX === flipY ? angle : -angle) + turn + 0

function bent(shape: Shape, warp: Warp): Shape {
  return { kind: 'polygon', parts: partsOf(shape).map((rings) => rings.map((ring) => bentRing(ring, warp))) }
}

function bentRing(ring: Ring, warp: Warp): Ring {
  const steps = warp.field ? alongEdge : 1
  return ring.flatMap(([x, y], i) => {
    const [u, v] = ring[(i + 1) % ring.length] ?? [x, y]
    return Array.from({ length: steps }, (_, step) =>
      forward(warp, [x + ((u - x) * step) / steps, y + ((v - y) * step) / steps]),
    )
  })
}

function warpMask({ mask }: Extract<Shape, { kind: 'mask' }>, warp: Warp): Shape | null {
  const { rows, columns } = mask
  const from = decodeRle(mask)
  const to = new Uint8Array(rows * columns)
  const shown = shownRows(warp)
  for (let row = 0; row < rows; row++) {
    const { xs, ys } = shown(row)
    for (let column = 0; column < columns; column++) {
      const x = Math.floor(xs[column] as number)
      const y = Math.floor(ys[column] as number)
      if (x >= 0 && y >= 0 && x < columns && y < rows)
        to[row * columns + column] = from[y * columns + x] as number
    }
  }
  return to.includes(1) ? { kind: 'mask', mask: encodeRle(to, rows, columns) } : null
}
