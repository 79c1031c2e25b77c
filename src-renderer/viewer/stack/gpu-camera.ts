import type { Types } from '@cornerstonejs/core'
import { type Affine, type Point, toImage, type ViewportSize } from '../view/view-state'

type Vector = [number, number, number]

/** The plane of a slice: patient position of the first pixel's centre, cosines, and spacing of rows, columns. */
export interface SlicePlane {
  origin: Vector
  row: Vector
  column: Vector
  spacing: readonly [number, number]
}

/**
 * The parallel camera that shows a slice exactly where `affine` (image pixels to CSS pixels) lays it. WebGL
 * and Canvas 2D thus obey the same view state.
 */
export function cameraFor(plane: SlicePlane, affine: Affine, viewport: ViewportSize): Types.ICamera {
  const at = (x: number, y: number) => inPatient(plane, toImage(affine, [x, y]))
  const middle: Point = [viewport.width / 2, viewport.height / 2]
  const focalPoint = at(...middle)
  const top = at(middle[0], 0)
  const right = unit(minus(at(viewport.width, middle[1]), focalPoint))
  const up = minus(top, focalPoint)
  const viewUp = unit(up)
  const viewPlaneNormal = cross(right, viewUp)
  const distance = 1000
  return {
    focalPoint,
    position: plus(focalPoint, viewPlaneNormal, distance),
    viewUp,
    viewPlaneNormal,
    parallelProjection: true,
    parallelScale: Math.hypot(...up),
  }
}

function inPatient({ origin, row, column, spacing }: SlicePlane, [x, y]: Point): Vector {
  return plus(plus(origin, row, (x - 0.5) * spacing[1]), column, (y - 0.5) * spacing[0])
}

const plus = (a: Vector, b: Vector, times: number): Vector => [
  a[0] + b[0] * times,
  a[1] + b[1] * times,
  a[2] + b[2] * times,
]
const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
const unit = (a: Vector): Vector => {
  const length = Math.hypot(...a)
  return [a[0] / length, a[1] / length, a[2] / length]
}
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
