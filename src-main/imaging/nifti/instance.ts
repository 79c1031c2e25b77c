import type { VoiWindow } from '#shared/domain/image'
import type { ByteSource } from '../byte-source'
import type { OpenInstance } from '../instance'
import { inflate, openVolume } from '../volume-instance'
import { NIFTI_HEADER_LENGTH, type NiftiHeader, readNiftiHeader } from './header'

/** Compressed bytes that surely hold the header. */
const HEAD = 4096

/** Opens a NIfTI volume, plain or gzip. Throws NIFTI_INVALID or PIXELS_TOO_LARGE. */
export function openNifti(file: ByteSource): OpenInstance {
  const head = file.read(0, HEAD)
  const zipped = head[0] === 0x1f && head[1] === 0x8b
  const bytes = zipped ? inflate(head, 2 ** 24, 'NIFTI_INVALID') : head
  const header = readNiftiHeader(bytes.subarray(0, NIFTI_HEADER_LENGTH))
  return openVolume(file, {
    ...header,
    format: 'nifti',
    windows: windowsOf(header),
    zippedFrom: zipped ? 0 : null,
    voxels: file,
  })
}

/** The display range of the header, where it holds one. */
function windowsOf({ display: { min, max }, datatype }: NiftiHeader): VoiWindow[] {
  if (!(max > min) || datatype.samples === 3) return []
  return [{ center: (min + max + 1) / 2, width: max - min + 1, explanation: '' }]
}
