import type { Voxels } from '#main/imaging/nifti/write'
import { LeptonError } from '#shared/domain/fault'
import type { Frame } from '#shared/domain/image'
import { fillParts } from '#shared/geometry/shapes/fill'
import { partsOf } from '#shared/geometry/shapes/parts'
import type { ExportImage } from '../../types'

/** Voxels of a case at most. */
const mostVoxels = 2 ** 29

/** Modality values of a stack, slice by slice: 16 bit where they fit as they are, else single precision. */
export async function voxelsOf(images: readonly ExportImage[], signal: AbortSignal): Promise<Voxels> {
  const { rows, columns } = sizeOf(images)
  const plane = rows * columns
  let voxels: Int16Array | Float32Array = new Int16Array(plane * images.length)
  for (const [slice, image] of images.entries()) {
    signal.throwIfAborted()
    const frame = await image.pixels()
    if (frame.samples !== 1) {
      throw new LeptonError('FORMAT_LIMIT', { expected: 'grey values in a volume', received: 'colour' })
    }
    if (voxels instanceof Int16Array && !fits(frame)) voxels = Float32Array.from(voxels)
    const at = slice * plane
    for (let i = 0; i < plane; i++) voxels[at + i] = (frame.data[i] ?? 0) * frame.slope + frame.intercept
  }
  return voxels
}

function fits({ type, slope, intercept, min, max }: Frame): boolean {
  const whole =
    type !== 'float32' && type !== 'float64' && Number.isInteger(slope) && Number.isInteger(intercept)
  const values = [min, max].map((value) => value * slope + intercept)
  return whole && values.every((value) => value >= -32_768 && value <= 32_767)
}

/** The number of the label in every voxel, 0 as background, slice by slice; the later annotation on top. */
export function labelsOf(images: readonly ExportImage[], numbers: ReadonlyMap<string, number>): Uint8Array {
  const { rows, columns } = sizeOf(images)
  const plane = rows * columns
  const voxels = new Uint8Array(plane * images.length)
  for (const [slice, { annotations }] of images.entries()) {
    const here = voxels.subarray(slice * plane, (slice + 1) * plane)
    for (const { shape, label } of annotations) {
      fillParts(here, rows, columns, partsOf(shape), numbers.get(label) ?? 0)
    }
  }
  return voxels
}

/** @throws FORMAT_LIMIT for slices of several sizes and for volumes beyond measure */
function sizeOf(images: readonly ExportImage[]): { rows: number; columns: number } {
  const { rows = 0, columns = 0 } = images[0]?.identity ?? {}
  const other = images.find(({ identity }) => identity.rows !== rows || identity.columns !== columns)
  if (other) {
    throw new LeptonError('FORMAT_LIMIT', {
      expected: `slices of ${columns} x ${rows}`,
      received: `one of ${other.identity.columns} x ${other.identity.rows}`,
    })
  }
  if (rows * columns * images.length > mostVoxels) {
    throw new LeptonError('FORMAT_LIMIT', {
      expected: `at most ${mostVoxels} voxels`,
      received: `${columns} x ${rows} x ${images.length}`,
    })
  }
  return { rows, columns }
}
