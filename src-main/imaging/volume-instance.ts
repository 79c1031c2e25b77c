import { constants, gunzipSync } from 'node:zlib'
import { type FaultCode, LeptonError } from '#shared/domain/fault'
import type { InstanceHeader, SampleArray, VoiWindow } from '#shared/domain/image'
import { type AffineVolume, affineGeometry } from './affine-geometry'
import { type ByteSource, memorySource } from './byte-source'
import { colourFrame, greyFrame } from './frames'
import type { OpenInstance } from './instance'
import { MAX_FRAMES, MAX_SAMPLES } from './limits'
import { emptyHeader } from './plain-header'
import { unpack } from './unpack'

/** The largest volume that is inflated, in bytes. */
const MAX_INFLATED = 2 ** 31
/** Bytes behind the last slice that are put up with. */
const TRAILING = 2 ** 20

export interface Datatype {
  bits: number
  kind: 'unsigned' | 'signed' | 'float'
  samples: 1 | 3
}

/** A volume in a file of its own: what its header says, and where its voxels are. */
export interface VolumeFile extends AffineVolume {
  format: 'nifti' | 'nrrd'
  datatype: Datatype
  little: boolean
  slope: number
  intercept: number
  windows: VoiWindow[]
  /** Bytes before the first voxel, after inflating where the voxels are compressed. */
  offset: number
  /** Where compressed bytes begin; null where the voxels lie open. */
  zippedFrom: number | null
  /** The file that holds the voxels. */
  voxels: ByteSource
}

/**
 * Opens a volume: frames are its slices along k, columns along i. Compressed voxels are inflated when the first
 * frame is asked for, and kept. Throws PIXELS_TOO_LARGE.
 */
export function openVolume(file: ByteSource, volume: VolumeFile): OpenInstance {
  const { size, datatype, slope, intercept, offset, zippedFrom, windows } = volume
  const [columns, rows, slices] = size
  const frames = slices * volume.volumes
  const count = columns * rows * datatype.samples
  const sliceBytes = (count * datatype.bits) / 8
  const end = offset + frames * sliceBytes
  if (count > MAX_SAMPLES || frames > MAX_FRAMES || (zippedFrom !== null && end > MAX_INFLATED)) {
    throw new LeptonError('PIXELS_TOO_LARGE', { received: `${columns} x ${rows} x ${frames}` })
  }
  const code = volume.format === 'nifti' ? 'NIFTI_INVALID' : 'NRRD_INVALID'
  let open: ByteSource | null = null
  const voxels = () => {
    const { voxels: source } = volume
    if (zippedFrom === null) return source
    return memorySource(inflate(source.read(zippedFrom, source.size), end + TRAILING, code))
  }
  const read = (index: number): SampleArray => {
    if (!Number.isInteger(index) || index < 0 || index >= frames) {
      throw new LeptonError('FRAME_OUT_OF_RANGE', { expected: `0 to ${frames - 1}`, received: `${index}` })
    }
    open ??= voxels()
    const bytes = open.read(offset + index * sliceBytes, sliceBytes)
    if (bytes.length < sliceBytes) {
      throw new LeptonError('PIXELS_CORRUPT', {
        expected: `${sliceBytes} bytes`,
        received: `${bytes.length}`,
      })
    }
    return sliceOf(bytes, count, volume)
  }
  const shape = { rows, columns }
  const header = headerOf(volume)
  return {
    header,
    sha256: () => file.sha256(),
    close: () => {
      file.close()
      if (volume.voxels !== file) volume.voxels.close()
    },
    storedFrame: async (index) => ({
      ...shape,
      samples: datatype.samples,
      data: read(index),
      photometric: datatype.samples === 3 ? 'RGB' : 'MONOCHROME2',
    }),
    frame: async (index) => {
      const data = read(index)
      const { spacing = null } = header.geometry[index] ?? header.geometry[0] ?? {}
      if (datatype.samples === 3) return { ...colourFrame(shape, Uint8Array.from(data)), spacing }
      return { ...greyFrame(shape, data), slope, intercept, windows, spacing }
    },
  }
}

function sliceOf(bytes: Uint8Array, count: number, { datatype, little }: VolumeFile): SampleArray {
  const { bits, kind } = datatype
  const layout = { bitsAllocated: bits, bitsStored: bits, highBit: bits - 1 }
  const number = kind === 'float' ? ('float' as const) : ('integer' as const)
  return unpack(bytes, count, { ...layout, signed: kind !== 'unsigned', kind: number }, little)
}

/** The header the library keeps of a volume. */
function headerOf(volume: VolumeFile): InstanceHeader {
  const { format, size, volumes, datatype, slope, intercept, windows } = volume
  const plain = emptyHeader(format, {
    columns: size[0],
    rows: size[1],
    samples: datatype.samples,
    bits: datatype.bits,
  })
  return {
    ...plain,
    instance: {
      ...plain.instance,
      frames: size[2] * volumes,
      signed: datatype.kind !== 'unsigned',
      rescale: { slope, intercept, unit: null },
      windows,
    },
    geometry: affineGeometry(volume, format === 'nifti' ? 'NIfTI' : 'NRRD'),
  }
}

/** @throws the given code where the bytes are no gzip data, or hold more than may be. */
export function inflate(bytes: Uint8Array, maxOutputLength: number, code: FaultCode): Uint8Array {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength })
  } catch (cause) {
    throw new LeptonError(code, { expected: 'gzip data', received: String(cause), cause })
  }
}
