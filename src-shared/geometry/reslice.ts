import type { SampleArray } from '../domain/image'
import { cross, dot, minus, type Vector } from './vector'
import type { VolumeGrid } from './volume-grid'
import type { VolumePlane } from './volume-planes'

/** Voxels of a grid, slice by slice and row by row; modality value = stored value x slope + intercept. */
export interface Volume {
  grid: VolumeGrid
  values: SampleArray
  slope: number
  intercept: number
}

/** How thick a plane is, and what of its thickness is shown. */
export interface Slab {
  /** 0: a plane without thickness. */
  millimetres: number
  projection: 'mean' | 'max' | 'min'
}

/** More planes than this are not taken through a slab; they lie further apart instead. */
const mostPlanes = 256

/**
 * Modality values on a plane through a volume (rows x columns), trilinear between the voxels; NaN outside of the
 * volume. A slab is sampled every smallest voxel edge, and what of it lies outside is left out.
 */
export function reslice(volume: Volume, plane: VolumePlane, slab: Slab): Float32Array<ArrayBuffer> {
  const { grid, slope, intercept } = volume
  const toIndex = inverse(grid.steps)
  const index = (vector: Vector): Vector => [
    dot(toIndex[0], vector),
    dot(toIndex[1], vector),
    dot(toIndex[2], vector),
  ]
  const { spacing, columns, rows } = plane
  const across = index(times(plane.row, spacing[1]))
  const down = index(times(plane.column, spacing[0]))
  const start = index(minus(plane.origin, grid.origin))
  const along = slabOffsets(grid, slab).map((offset) => index(times(plane.normal, offset)))
  const result = new Float32Array(rows * columns)
  const sample = sampler(volume)
  for (let row = 0, at = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1, at += 1) {
      const i = start[0] + across[0] * column + down[0] * row
      const j = start[1] + across[1] * column + down[1] * row
      const k = start[2] + across[2] * column + down[2] * row
      const stored =
        along.length === 1 ? sample(i, j, k) : projected(sample, i, j, k, along, slab.projection, slope < 0)
      result[at] = stored * slope + intercept
    }
  }
  return result
}

type Sample = (i: number, j: number, k: number) => number

function projected(
  sample: Sample,
  i: number,
  j: number,
  k: number,
  along: readonly Vector[],
  projection: Slab['projection'],
  turned: boolean,
): number {
  const greatest = (projection === 'max') !== turned
  let sum = 0
  let count = 0
  let extreme = Number.NaN
  for (const step of along) {
    const value = sample(i + step[0], j + step[1], k + step[2])
    if (Number.isNaN(value)) continue
    sum += value
    count += 1
    if (!(greatest ? value <= extreme : value >= extreme)) extreme = value
  }
  return projection === 'mean' ? sum / count : extreme
}

/** Millimetres along the normal at which a slab is sampled, its middle plane being 0. */
function slabOffsets({ steps }: VolumeGrid, { millimetres }: Slab): number[] {
  const edge = Math.min(...steps.map((step) => Math.hypot(...step)))
  const count = Math.min(mostPlanes, Math.floor(millimetres / edge + 1e-6) + 1)
  if (count < 2) return [0]
  return Array.from({ length: count }, (_, at) => (at / (count - 1) - 0.5) * millimetres)
}

/** Trilinear between stored values; half a voxel round the outermost centres belongs to the volume. */
function sampler({ grid: { size }, values }: Volume): Sample {
  const [columns, rows, slices] = size
  const plane = columns * rows
  const lastI = columns - 1
  const lastJ = rows - 1
  const lastK = slices - 1
  return (i, j, k) => {
    if (i < -0.5 || j < -0.5 || k < -0.5 || i > lastI + 0.5 || j > lastJ + 0.5 || k > lastK + 0.5)
      return Number.NaN
    const x = i < 0 ? 0 : i > lastI ? lastI : i
    const y = j < 0 ? 0 : j > lastJ ? lastJ : j
    const z = k < 0 ? 0 : k > lastK ? lastK : k
    // no more than plain numbers here: this runs for every sample
    const x0 = Math.floor(x)
    const y0 = Math.floor(y)
    const z0 = Math.floor(z)
    const fx = x - x0
    const fy = y - y0
    const fz = z - z0
    const right = x0 < lastI ? 1 : 0
    const below = y0 < lastJ ? columns : 0
    const above = z0 < lastK ? plane : 0
    const at = z0 * plane + y0 * columns + x0
    const near = bilinear(values, at, right, below, fx, fy)
    return fz === 0 ? near : near * (1 - fz) + bilinear(values, at + above, right, below, fx, fy) * fz
  }
}

function bilinear(
  values: SampleArray,
  at: number,
  right: number,
  below: number,
  fx: number,
  fy: number,
): number {
  const upper = (values[at] as number) * (1 - fx) + (values[at + right] as number) * fx
  const lower = (values[at + below] as number) * (1 - fx) + (values[at + below + right] as number) * fx
  return upper * (1 - fy) + lower * fy
}

const times = ([x, y, z]: Vector, by: number): Vector => [x * by, y * by, z * by]

/** Rows of the inverse of the matrix whose columns are the steps. */
function inverse([a, b, c]: VolumeGrid['steps']): readonly [Vector, Vector, Vector] {
  const across = cross(b, c)
  const determinant = dot(a, across)
  const over = (vector: Vector) => times(vector, 1 / determinant)
  return [over(across), over(cross(c, a)), over(cross(a, b))]
}
