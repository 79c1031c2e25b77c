import type { Affine } from '#main/imaging/nifti/write'
import type { FrameGeometry } from '#shared/domain/image'

/**
 * Where the voxels of a stack lie: from the first to the last of its slices. Without positions, slices lie upon each
 * other by their thickness; without spacing, pixels are millimetres.
 */
export function affineOf(stack: readonly (FrameGeometry | null)[]): Affine {
  const [first, last] = [stack[0] ?? null, stack.at(-1) ?? null]
  const [down, across] = first?.spacing ?? [1, 1]
  const [ix, iy, iz, jx, jy, jz] = first?.orientation ?? [1, 0, 0, 0, 1, 0]
  const [ox, oy, oz] = first?.position ?? [0, 0, 0]
  const thickness = first?.thickness ?? 1
  let k = [iy * jz - iz * jy, iz * jx - ix * jz, ix * jy - iy * jx].map((value) => value * thickness)
  if (stack.length > 1 && first?.position && last?.position) {
    const [lx, ly, lz] = last.position
    k = [lx - ox, ly - oy, lz - oz].map((value) => value / (stack.length - 1))
  }
  const [kx = 0, ky = 0, kz = 1] = k
  // DICOM runs to the left and to the back, NIfTI to the right and to the front
  return [
    [-ix * across + 0, -jx * down + 0, -kx + 0, -ox + 0],
    [-iy * across + 0, -jy * down + 0, -ky + 0, -oy + 0],
    [iz * across, jz * down, kz, oz],
  ]
}
