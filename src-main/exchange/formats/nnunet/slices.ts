import { LeptonError } from '#shared/domain/fault'
import type { FrameGeometry, InstanceHeader } from '#shared/domain/image'
import type { ImageIdentity } from '../../types'

type Vector = readonly [number, number, number]

/** Axes of two grids differ in no component by more. */
const sameAxis = 0.01

/**
 * The image that each slice of a volume of labels lies on: by place in the patient where both have one, else in order.
 * @throws INPUT_INVALID where the two grids are not the same
 */
export function slicesOf(
  { instance, geometry }: InstanceHeader,
  stack: readonly ImageIdentity[],
  path: string,
): ImageIdentity[] {
  const { rows, columns, frames } = instance
  const places = geometry.length === frames ? geometry : []
  const placed =
    places.length > 0 &&
    [...places, ...stack.map((one) => one.geometry)].every(
      (one) => one?.position && one.orientation && one.spacing,
    )
  // a version of a data set may hold some slices of a series only
  const enough = placed ? frames <= stack.length : frames === stack.length
  const first = stack[0]
  if (!enough || stack.some((one) => one.rows !== rows || one.columns !== columns)) {
    const expected = `${first?.columns} x ${first?.rows} x ${stack.length}`
    throw other(expected, `${columns} x ${rows} x ${frames} in ${path}`)
  }
  if (!placed) return [...stack]
  const left = new Set(stack)
  const gap = gapOf(places)
  return places.map((place) => {
    const image = [...left].find((one) => one.geometry && samePlace(place, one.geometry, gap))
    if (!image) throw other('the grid of the picture', `another place or direction in ${path}`)
    left.delete(image)
    return image
  })
}

/** Within half a voxel of each other, with the same axes. */
function samePlace(a: FrameGeometry, b: FrameGeometry, gap: number): boolean {
  if (!a.position || !b.position || !a.orientation || !b.orientation || !b.spacing) return false
  const [ix, iy, iz, jx, jy, jz] = b.orientation
  const axes = b.orientation
  if (a.orientation.some((value, i) => Math.abs(value - (axes[i] ?? 0)) > sameAxis)) return false
  const [x, y, z] = b.position
  const apart: Vector = [a.position[0] - x, a.position[1] - y, a.position[2] - z]
  const [down, across] = b.spacing
  const normal: Vector = [iy * jz - iz * jy, iz * jx - ix * jz, ix * jy - iy * jx]
  return (
    Math.abs(dot(apart, [ix, iy, iz])) < across / 2 &&
    Math.abs(dot(apart, [jx, jy, jz])) < down / 2 &&
    Math.abs(dot(apart, normal)) < gap / 2
  )
}

/** Between the first two slices, in millimetres. */
function gapOf([first, second]: readonly FrameGeometry[]): number {
  if (!first?.position || !second?.position) return first?.thickness ?? 1
  const [x, y, z] = first.position
  return Math.hypot(second.position[0] - x, second.position[1] - y, second.position[2] - z)
}

const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

const other = (expected: string, received: string) => new LeptonError('INPUT_INVALID', { expected, received })
