import type { VolumeGrid } from '#shared/geometry/volume-grid'
import type { Voxels } from '../nifti/write'

function typeOf(voxels: Voxels): string {
  if (voxels instanceof Uint8Array) return 'uint8'
  if (voxels instanceof Int16Array) return 'int16'
  if (voxels instanceof Uint16Array) return 'uint16'
  return voxels instanceof Int32Array ? 'int32' : 'float'
}

/**
 * The header of a NRRD file (https://teem.sourceforge.net/nrrd/format.html) whose voxels follow as gzip, columns
 * running fastest; places in LPS as DICOM has them.
 */
export function nrrdHead(voxels: Voxels, { size, origin, steps }: VolumeGrid): Uint8Array {
  const vector = (values: readonly number[]) => `(${values.map((value) => value + 0).join(',')})`
  const lines = [
    'NRRD0004',
    `type: ${typeOf(voxels)}`,
    'dimension: 3',
    'space: left-posterior-superior',
    `sizes: ${size.join(' ')}`,
    `space directions: ${steps.map(vector).join(' ')}`,
    'kinds: domain domain domain',
    ...(voxels.BYTES_PER_ELEMENT > 1 ? ['endian: little'] : []),
    'encoding: gzip',
    'space units: "mm" "mm" "mm"',
    `space origin: ${vector(origin)}`,
  ]
  return new TextEncoder().encode(`${lines.join('\n')}\n\n`)
}
