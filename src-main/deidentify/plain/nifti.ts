import { gunzipSync, gzipSync } from 'node:zlib'
import { LeptonError } from '#shared/domain/fault'
import type { Recorder } from '../recorder'

const MAX_INFLATED = 2 ** 31 - 1

/** Text fields of the two versions of the header: name, offset, length (nifti1.h, nifti2.h). */
const fields: Record<number, [name: string, offset: number, length: number][]> = {
  348: [
    ['data_type', 4, 10],
    ['db_name', 14, 18],
    ['descrip', 148, 80],
    ['aux_file', 228, 24],
    ['intent_name', 328, 16],
  ],
  540: [
    ['descrip', 240, 80],
    ['aux_file', 320, 24],
    ['intent_name', 508, 16],
  ],
}

/** A NIfTI volume without the texts of its header and without extensions (which may hold whole DICOM headers). */
export function stripNifti(bytes: Uint8Array, recorder: Recorder): Uint8Array[] {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b
  const volume = packed ? inflated(bytes) : bytes.slice()
  const view = new DataView(volume.buffer, volume.byteOffset, volume.byteLength)
  const little = [348, 540].includes(view.getInt32(0, true))
  const length = view.getInt32(0, little)
  const [start, voxels] = [length + 4, voxelOffset(view, length, little)]
  if (voxels > volume.length) {
    throw new LeptonError('NIFTI_INVALID', { expected: 'voxels', received: `an end before byte ${voxels}` })
  }
  for (const [name, offset, size] of fields[length] ?? []) {
    const field = volume.subarray(offset, offset + size)
    if (field.some((byte) => byte !== 0)) recorder.noteField(name, 'emptied')
    field.fill(0)
  }
  if (voxels > start) recorder.noteField('extensions', 'removed')
  const first = Math.ceil(start / 16) * 16
  setVoxelOffset(view, length, little, first)
  const head = new Uint8Array(first)
  head.set(volume.subarray(0, length))
  const parts = [head, volume.subarray(Math.max(voxels, length))]
  return packed ? [gzipSync(Buffer.concat(parts))] : parts
}

function voxelOffset(view: DataView, length: number, little: boolean): number {
  const stated = length === 540 ? Number(view.getBigInt64(168, little)) : view.getFloat32(108, little)
  return Math.max(Math.trunc(stated) || 0, length)
}

function setVoxelOffset(view: DataView, length: number, little: boolean, offset: number): void {
  if (length === 540) view.setBigInt64(168, BigInt(offset), little)
  else view.setFloat32(108, offset, little)
}

function inflated(bytes: Uint8Array): Uint8Array {
  try {
    return new Uint8Array(gunzipSync(bytes, { maxOutputLength: MAX_INFLATED }))
  } catch (cause) {
    throw new LeptonError('NIFTI_INVALID', { expected: 'gzip data', received: String(cause), cause })
  }
}
