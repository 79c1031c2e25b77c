import type { SlicePlane } from './slice-plane'
import { cross, dot, plus, unit, type Vector } from './vector'
import type { VolumeGrid } from './volume-grid'

export const planeNames = ['axial', 'coronal', 'sagittal'] as const
export type PlaneName = (typeof planeNames)[number]

/** Planes across the patient's own axes, or across those of the volume, each named after the nearest of the patient. */
export type Axes = 'patient' | 'volume'

/** Unit vectors: to the right and down on the screen, and away from the slice. */
export interface PlaneFrame {
  across: Vector
  down: Vector
  normal: Vector
}

/** A plane through a volume, as large as the volume seen from its normal. */
export interface VolumePlane extends SlicePlane {
  rows: number
  columns: number
  /** Where the volume begins and ends along the normal, in millimetres. */
  reach: readonly [number, number]
}

/** The longest side of a plane, in pixels. */
const longestSide = 1024

/** How axial, coronal and sagittal planes lie: the patient's right is left on the screen, head and front are up. */
export function planeFrames(grid: VolumeGrid, axes: Axes): Record<PlaneName, PlaneFrame> {
  const [x, y, z] = axes === 'patient' ? patientAxes : volumeAxes(grid)
  const down: Vector = [0 - z[0], 0 - z[1], 0 - z[2]]
  return {
    axial: { across: x, down: y, normal: z },
    coronal: { across: x, down, normal: y },
    sagittal: { across: y, down, normal: x },
  }
}

type Triple = readonly [Vector, Vector, Vector]

const patientAxes: Triple = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

/** Row, column and normal of the volume, each in the place and direction of the patient's axis it lies nearest to. */
function volumeAxes({ steps }: VolumeGrid): Triple {
  const row = unit(steps[0])
  const normal = unit(cross(steps[0], steps[1]))
  const own: Triple = [row, unit(cross(normal, row)), normal]
  const nearness = (order: readonly number[]) =>
    order.reduce((sum, from, axis) => sum + Math.abs(own[from]?.[axis] ?? 0), 0)
  const best = orders.reduce((left, right) => (nearness(right) > nearness(left) ? right : left))
  const [x, y, z] = best.map((from, axis): Vector => {
    const vector = own[from] ?? row
    return (vector[axis] ?? 0) < 0 ? [0 - vector[0], 0 - vector[1], 0 - vector[2]] : vector
  })
  return x && y && z ? [x, y, z] : own
}

const orders: readonly (readonly [number, number, number])[] = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
]

/** The plane of a frame through a place in the patient; pixels are square and as large as the smallest voxel edge. */
export function volumePlane(
  grid: VolumeGrid,
  { across, down, normal }: PlaneFrame,
  place: Vector,
): VolumePlane {
  const corners = cornersOf(grid)
  const extent = (axis: Vector): [number, number] => {
    const along = corners.map((corner) => dot(corner, axis))
    return [Math.min(...along), Math.max(...along)]
  }
  const [left, right] = extent(across)
  const [top, bottom] = extent(down)
  const edge = Math.min(...grid.steps.map((step) => Math.hypot(...step)))
  const pixel = Math.max(edge, Math.max(right - left, bottom - top) / longestSide)
  const columns = Math.max(1, Math.round((right - left) / pixel))
  const rows = Math.max(1, Math.round((bottom - top) / pixel))
  const first = plus(
    plus(plus([0, 0, 0], across, left + pixel / 2), down, top + pixel / 2),
    normal,
    dot(place, normal),
  )
  return {
    origin: first,
    row: across,
    column: down,
    normal,
    spacing: [pixel, pixel],
    rows,
    columns,
    reach: extent(normal),
  }
}

/** Corners of the box of voxels, edges included. */
function cornersOf({ size, origin, steps }: VolumeGrid): Vector[] {
  return [0, 1, 2, 3, 4, 5, 6, 7].map((corner) =>
    steps.reduce<Vector>((place, step, axis) => {
      const end = (corner >> axis) & 1
      return plus(place, step, end ? (size[axis] ?? 1) - 0.5 : -0.5)
    }, origin),
  )
}

/** The middle of the volume. */
export const middleOf = ({ size, origin, steps }: VolumeGrid): Vector =>
  steps.reduce<Vector>((place, step, axis) => plus(place, step, ((size[axis] ?? 1) - 1) / 2), origin)

/** Millimetres from one plane to the next: the voxels' own distance along the axis that lies nearest to the normal. */
export function planeStep({ steps }: VolumeGrid, normal: Vector): number {
  const nearest = steps.reduce((best, step) =>
    Math.abs(dot(unit(step), normal)) > Math.abs(dot(unit(best), normal)) ? step : best,
  )
  return Math.abs(dot(nearest, normal))
}
