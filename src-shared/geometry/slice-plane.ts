import type { FrameGeometry } from '../domain/image'
import { cross, dot, minus, plus, unit, type Vector } from './vector'

/** What of an image its place in the patient follows from. */
export interface PlacedImage {
  rows: number
  columns: number
  geometry: FrameGeometry | null
}

/** A slice in the patient: centre of its first pixel, unit vectors of row, column and normal, spacing of rows, columns. */
export interface SlicePlane {
  origin: Vector
  row: Vector
  column: Vector
  normal: Vector
  spacing: readonly [number, number]
}

/** Null where the file does not say where the slice lies. */
export function planeOf({ geometry }: PlacedImage): SlicePlane | null {
  if (!geometry?.position || !geometry.orientation || !geometry.spacing) return null
  const [rx, ry, rz, cx, cy, cz] = geometry.orientation
  const [row, column] = [unit([rx, ry, rz]), unit([cx, cy, cz])]
  return {
    origin: geometry.position,
    row,
    column,
    normal: unit(cross(row, column)),
    spacing: geometry.spacing,
  }
}

/** The place in the patient of a point of the image, in pixels from the corner of the first one. */
export const inPatient = ({ origin, row, column, spacing }: SlicePlane, x: number, y: number): Vector =>
  plus(plus(origin, row, (x - 0.5) * spacing[1]), column, (y - 0.5) * spacing[0])

/** The point of the image nearest to a place in the patient, in pixels from the corner of the first one. */
export function inImage({ origin, row, column, spacing }: SlicePlane, place: Vector): [number, number] {
  const from = minus(place, origin)
  return [dot(from, row) / spacing[1] + 0.5, dot(from, column) / spacing[0] + 0.5]
}

/** Cosine from which two stacks count as lying the same way: less than about 15 degrees apart. */
const sameWay = 0.966

/**
 * Place in a stack of the slice nearest to another slice, both in one frame of reference; null where they do not lie
 * the same way, or where that is not known.
 */
export function matchingSlice(from: PlacedImage, stack: readonly PlacedImage[]): number | null {
  const plane = planeOf(from)
  if (!plane) return null
  const centre = inPatient(plane, from.columns / 2, from.rows / 2)
  let nearest: number | null = null
  let least = Number.POSITIVE_INFINITY
  for (const [at, image] of stack.entries()) {
    const other = planeOf(image)
    if (!other || Math.abs(dot(other.normal, plane.normal)) < sameWay) continue
    const distance = Math.abs(dot(minus(centre, other.origin), other.normal))
    if (distance >= least) continue
    least = distance
    nearest = at
  }
  return nearest
}

/** Millimetres from one slice of a stack to the next, by its first two; null where that is not known. */
export function sliceDistance(stack: readonly PlacedImage[]): number | null {
  const [first, second] = [stack[0], stack[1]].map((image) => (image ? planeOf(image) : null))
  if (!first || !second) return null
  const distance = Math.abs(dot(minus(second.origin, first.origin), first.normal))
  return distance > 0 ? distance : null
}

type Point = [number, number]

/**
 * The line in which the plane of one slice cuts another image, from edge to edge in that image's pixels; null where
 * it does not, or where they lie nearly the same way.
 */
export function crossingLine(cut: PlacedImage, picture: PlacedImage): [Point, Point] | null {
  const [plane, over] = [planeOf(cut), planeOf(picture)]
  if (!plane || !over || Math.abs(dot(plane.normal, over.normal)) > sameWay) return null
  const height = (x: number, y: number) => dot(minus(inPatient(over, x, y), plane.origin), plane.normal)
  const { columns, rows } = picture
  const corners: readonly Point[] = [
    [0, 0],
    [columns, 0],
    [columns, rows],
    [0, rows],
  ]
  const ends: Point[] = []
  for (const [at, from] of corners.entries()) {
    const to = corners[(at + 1) % 4] ?? from
    const [before, after] = [height(...from), height(...to)]
    if (before < 0 === after < 0) continue
    const part = before / (before - after)
    ends.push([from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part])
  }
  const [first, second] = ends
  return first && second ? [first, second] : null
}
