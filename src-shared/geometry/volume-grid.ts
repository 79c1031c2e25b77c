import { LeptonError } from '../domain/fault'
import { type PlacedImage, planeOf, type SlicePlane } from './slice-plane'
import { dot, minus, plus, type Vector } from './vector'

/** A regular grid of voxels in the patient, of any direction, upright or sheared (gantry tilt). */
export interface VolumeGrid {
  size: readonly [columns: number, rows: number, slices: number]
  /** Centre of the first voxel. */
  origin: Vector
  /** Millimetres from a voxel to the next along columns, rows and slices. */
  steps: readonly [Vector, Vector, Vector]
}

export interface StackVolume {
  grid: VolumeGrid
  /** Places in the stack, in the order of the volume's slices. */
  order: readonly number[]
  /** Degrees between the way from slice to slice and the slices' normal. */
  tilt: number
  /** The furthest that a slice lies off its place in the grid, in millimetres. */
  unevenness: number
}

/** Parts of the distance of slices that a slice may lie off its place. */
const tolerated = 0.1
/** Degrees of tilt beyond which a stack is no volume any more. */
const mostTilt = 45

/**
 * The volume that the slices of a stack make up.
 * @throws VOLUME_IRREGULAR with the reason: unknown places, several sizes or directions, several images at one place,
 * gaps
 */
export function volumeOfStack(images: readonly PlacedImage[]): StackVolume {
  const first = images[0] && planeOf(images[0])
  if (!first || images.length < 2) {
    throw irregular('two slices or more whose place in the patient is known', `${images.length}`)
  }
  const placed = images.map((image, at) => ({ at, plane: alike(image, at, first, images[0] ?? image) }))
  placed.sort((left, right) => height(left.plane, first) - height(right.plane, first))
  const origin = placed[0]?.plane.origin ?? first.origin
  const end = placed.at(-1)?.plane.origin ?? first.origin
  const [x, y, z] = minus(end, origin)
  const gaps = images.length - 1
  const step: Vector = [x / gaps, y / gaps, z / gaps]
  const distance = Math.abs(dot(step, first.normal))
  const unevenness = checkPlaces(placed, origin, step, first)
  const tilt = (Math.acos(Math.min(1, distance / Math.hypot(...step))) * 180) / Math.PI
  if (tilt > mostTilt) throw irregular('slices above each other', `a shift of ${tilt.toFixed(0)}°`)
  const { columns = 0, rows = 0 } = images[0] ?? {}
  return {
    grid: {
      size: [columns, rows, images.length],
      origin,
      steps: [scaled(first.row, first.spacing[1]), scaled(first.column, first.spacing[0]), step],
    },
    order: placed.map(({ at }) => at),
    tilt,
    unevenness,
  }
}

function alike(image: PlacedImage, at: number, first: SlicePlane, model: PlacedImage): SlicePlane {
  const plane = planeOf(image)
  const name = `slice ${at + 1}`
  if (!plane) throw irregular('slices whose place in the patient is known', `${name} without one`)
  if (image.rows !== model.rows || image.columns !== model.columns) {
    throw irregular(`slices of ${model.columns} × ${model.rows}`, `${name}: ${image.columns} × ${image.rows}`)
  }
  if (dot(plane.row, first.row) < 0.9998 || dot(plane.column, first.column) < 0.9998)
    throw irregular('slices in one direction', `${name} lies another way`)
  const stretched = plane.spacing.some(
    (value, axis) => Math.abs(value / (first.spacing[axis] ?? 1) - 1) > 0.01,
  )
  if (stretched) throw irregular('one pixel spacing', `${name}: ${plane.spacing.join(' × ')} mm`)
  return plane
}

/** The furthest that a slice lies off its place; slices at one place and gaps are told apart from the rest. */
function checkPlaces(
  placed: readonly { at: number; plane: SlicePlane }[],
  origin: Vector,
  step: Vector,
  first: SlicePlane,
): number {
  const distance = Math.abs(dot(step, first.normal))
  const doubled = placed.find(({ plane }, k) => {
    const before = placed[k - 1]
    return before && height(plane, first) - height(before.plane, first) < 0.01
  })
  if (doubled || !(distance > 0)) throw irregular('one image at each place', 'several at one place')
  let furthest = 0
  for (const [k, { at, plane }] of placed.entries()) {
    const off = Math.hypot(...minus(plane.origin, plus(origin, step, k)))
    furthest = Math.max(furthest, off)
    if (off > Math.hypot(...step) * tolerated) {
      throw irregular(
        `slices every ${distance.toFixed(2)} mm`,
        `slice ${at + 1}, ${off.toFixed(2)} mm off its place`,
      )
    }
  }
  return furthest
}

const height = (plane: SlicePlane, first: SlicePlane) => dot(plane.origin, first.normal)

const scaled = ([x, y, z]: Vector, by: number): Vector => [x * by, y * by, z * by]

const irregular = (expected: string, received: string) =>
  new LeptonError('VOLUME_IRREGULAR', { expected, received })

/** The grid with `factor` x `factor` voxels of each slice made one. */
export function reducedGrid({ size, origin, steps }: VolumeGrid, factor: number): VolumeGrid {
  const [across, down, along] = steps
  const middle = (factor - 1) / 2
  return {
    size: [Math.floor(size[0] / factor), Math.floor(size[1] / factor), size[2]],
    origin: plus(plus(origin, across, middle), down, middle),
    steps: [scaled(across, factor), scaled(down, factor), along],
  }
}
