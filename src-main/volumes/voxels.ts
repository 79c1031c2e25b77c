import type { Voxels } from '#main/imaging/nifti/write'
import { LeptonError } from '#shared/domain/fault'
import type { Frame } from '#shared/domain/image'

/** Voxels of a volume at most. */
const mostVoxels = 2 ** 29

/** Modality values slice by slice: 16 bit where all of them are whole and fit, else single precision. */
export async function voxelsOf(
  [columns, rows, slices]: readonly [number, number, number],
  frameAt: (slice: number) => Promise<Frame>,
  signal?: AbortSignal,
): Promise<Voxels> {
  const plane = columns * rows
  if (plane * slices > mostVoxels) {
    throw new LeptonError('PIXELS_TOO_LARGE', {
      expected: `at most ${mostVoxels} voxels`,
      received: `${columns} × ${rows} × ${slices}`,
    })
  }
  let voxels: Int16Array | Float32Array = new Int16Array(plane * slices)
  for (let slice = 0; slice < slices; slice += 1) {
    signal?.throwIfAborted()
    const frame = await frameAt(slice)
    if (frame.samples !== 1)
      throw new LeptonError('FORMAT_LIMIT', { expected: 'grey values in a volume', received: 'colour' })
    if (voxels instanceof Int16Array && !fits(frame)) voxels = Float32Array.from(voxels)
    const { data, slope, intercept } = frame
    const start = slice * plane
    for (let at = 0; at < plane; at += 1) voxels[start + at] = (data[at] ?? 0) * slope + intercept
  }
  return voxels
}

function fits({ type, slope, intercept, min, max }: Frame): boolean {
  const whole =
    type !== 'float32' && type !== 'float64' && Number.isInteger(slope) && Number.isInteger(intercept)
  return whole && [min, max].every((value) => Math.abs(value * slope + intercept) <= 32_767)
}
