import type { Row } from '../affine-geometry'

/** Rows of the map from voxel indices (i along columns, j along rows, k along slices) to RAS millimetres. */
export type Affine = [Row, Row, Row]

export type Voxels = Uint8Array | Int16Array | Uint16Array | Int32Array | Float32Array

const HEADER = 352

const typeOf = (voxels: Voxels): [code: number, bits: number] => {
  if (voxels instanceof Uint8Array) return [2, 8]
  if (voxels instanceof Int16Array) return [4, 16]
  if (voxels instanceof Uint16Array) return [512, 16]
  return voxels instanceof Int32Array ? [8, 32] : [16, 32]
}

/**
 * A NIfTI-1 file (nifti1.h), little endian, of columns x rows x slices voxels, columns running fastest. The affine is
 * written as sform and, where it has no shear, as qform, so that readers of either agree.
 */
export function niftiFile(
  voxels: Voxels,
  [columns, rows, slices]: readonly [number, number, number],
  affine: Affine,
): Uint8Array {
  const bytes = new Uint8Array(HEADER + voxels.byteLength)
  const view = new DataView(bytes.buffer)
  const [code, bits] = typeOf(voxels)
  const axes = [0, 1, 2].map((axis) => affine.map((row) => row[axis] ?? 0))
  const lengths = axes.map((axis) => Math.hypot(...axis))
  const turn = rotationOf(axes, lengths)
  view.setInt32(0, 348, true)
  for (const [i, value] of [3, columns, rows, slices, 1, 1, 1, 1].entries())
    view.setInt16(40 + 2 * i, value, true)
  view.setInt16(70, code, true)
  view.setInt16(72, bits, true)
  for (const [i, value] of [turn?.handedness ?? 1, ...lengths].entries())
    view.setFloat32(76 + 4 * i, value, true)
  view.setFloat32(108, HEADER, true)
  view.setFloat32(112, 1, true)
  // millimetres
  view.setUint8(123, 2)
  view.setInt16(252, turn ? 1 : 0, true)
  view.setInt16(254, 1, true)
  const offsets = affine.map((row) => row[3])
  for (const [i, value] of [...(turn?.quaternion ?? [0, 0, 0]), ...offsets].entries()) {
    view.setFloat32(256 + 4 * i, value, true)
  }
  for (const [i, value] of affine.flat().entries()) view.setFloat32(280 + 4 * i, value, true)
  bytes.set(new TextEncoder().encode('n+1\0'), 344)
  bytes.set(new Uint8Array(voxels.buffer, voxels.byteOffset, voxels.byteLength), HEADER)
  return bytes
}

/** Quaternion (b, c, d) of the axes and whether they are left-handed; null where they are not at right angles. */
function rotationOf(axes: number[][], lengths: number[]) {
  const [x, y, z] = axes.map((axis, i) => axis.map((value) => value / (lengths[i] || 1)))
  if (!x || !y || !z) return null
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
  if ([dot(x, y), dot(x, z), dot(y, z)].some((value) => Math.abs(value) > 1e-4)) return null
  const [x0 = 0, x1 = 0, x2 = 0] = x
  const [y0 = 0, y1 = 0, y2 = 0] = y
  const cross = [x1 * y2 - x2 * y1, x2 * y0 - x0 * y2, x0 * y1 - x1 * y0]
  const handedness = dot(cross, z) < 0 ? -1 : 1
  const [z0 = 0, z1 = 0, z2 = 0] = z.map((value) => value * handedness)
  return { handedness, quaternion: quaternionOf([x0, x1, x2], [y0, y1, y2], [z0, z1, z2]) }
}

/** `nifti_mat44_to_quatern`: the largest of four ways to take the root, for precision. */
function quaternionOf(x: number[], y: number[], z: number[]): [number, number, number] {
  const [r11 = 0, r21 = 0, r31 = 0] = x
  const [r12 = 0, r22 = 0, r32 = 0] = y
  const [r13 = 0, r23 = 0, r33 = 0] = z
  const trace = r11 + r22 + r33 + 1
  if (trace > 0.5) {
    const a = 0.5 * Math.sqrt(trace)
    return [(0.25 * (r32 - r23)) / a, (0.25 * (r13 - r31)) / a, (0.25 * (r21 - r12)) / a]
  }
  const [xd, yd, zd] = [1 + r11 - r22 - r33, 1 + r22 - r11 - r33, 1 + r33 - r11 - r22]
  let b: number
  let c: number
  let d: number
  let a: number
  if (xd > 1) {
    b = 0.5 * Math.sqrt(xd)
    c = (0.25 * (r12 + r21)) / b
    d = (0.25 * (r13 + r31)) / b
    a = (0.25 * (r32 - r23)) / b
  } else if (yd > 1) {
    c = 0.5 * Math.sqrt(yd)
    b = (0.25 * (r12 + r21)) / c
    d = (0.25 * (r23 + r32)) / c
    a = (0.25 * (r13 - r31)) / c
  } else {
    d = 0.5 * Math.sqrt(zd)
    b = (0.25 * (r13 + r31)) / d
    c = (0.25 * (r23 + r32)) / d
    a = (0.25 * (r21 - r12)) / d
  }
  return a < 0 ? [-b, -c, -d] : [b, c, d]
}
