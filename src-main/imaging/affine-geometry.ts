import type { FrameGeometry } from '#shared/domain/image'

type Vector = [number, number, number]
export type Row = [number, number, number, number]

/** A volume whose voxels an affine map places in the patient. */
export interface AffineVolume {
  /** Voxels along i, j and k. */
  size: Vector
  /** How many volumes follow each other. */
  volumes: number
  /** Voxel edges along i, j and k in millimetres. */
  spacing: Vector
  /** Rows of the affine map from voxel indices to RAS millimetres; null where the header gives none. */
  affine: [Row, Row, Row] | null
}

/**
 * Geometry of every slice, k by k and volume by volume, in LPS. Columns run along i, rows along j. Without an
 * affine map only the spacing is known, and one entry holds for all.
 */
export function affineGeometry(
  { affine, spacing, size, volumes }: AffineVolume,
  spacingSource: 'NIfTI' | 'NRRD',
): FrameGeometry[] {
  const shared = { spacingSource }
  if (affine === null) {
    return [
      {
        ...shared,
        position: null,
        orientation: null,
        spacing: [spacing[1], spacing[0]],
        thickness: spacing[2],
      },
    ]
  }
  const axis = (index: 0 | 1 | 2 | 3): Vector => [-affine[0][index], -affine[1][index], affine[2][index]]
  const [i, j, k, origin] = [axis(0), axis(1), axis(2), axis(3)]
  const lengths = [i, j, k].map((vector) => Math.hypot(...vector)) as Vector
  const usable = lengths.every((length) => length > 0 && Number.isFinite(length))
  const [ix, iy, iz] = unit(i, lengths[0])
  const [jx, jy, jz] = unit(j, lengths[1])
  const slice = (index: number): FrameGeometry => ({
    ...shared,
    position: usable ? [origin[0] + k[0] * index, origin[1] + k[1] * index, origin[2] + k[2] * index] : null,
    orientation: usable ? [ix, iy, iz, jx, jy, jz] : null,
    spacing: usable ? [lengths[1], lengths[0]] : [spacing[1], spacing[0]],
    thickness: usable ? lengths[2] : spacing[2],
  })
  return Array.from({ length: size[2] * volumes }, (_, index) => slice(index % size[2]))
}

/** Negative zeros are written as zero. */
function unit([x, y, z]: Vector, length: number): Vector {
  return [x / length + 0, y / length + 0, z / length + 0]
}
