import { Readable } from 'node:stream'
import { constants, createGunzip, gunzipSync } from 'node:zlib'
import { type FaultCode, LeptonError } from '#shared/domain/fault'
import type { InstanceHeader, SampleArray, VoiWindow } from '#shared/domain/image'
import { type AffineVolume, affineGeometry } from './affine-geometry'
import { type ByteSource, memorySource } from './byte-source'
import { colourFrame, greyFrame } from './frames'
import type { OpenInstance } from './instance'
import { MAX_FRAME_BYTES, MAX_FRAMES, MAX_SAMPLES, MAX_VOLUME_BYTES } from './limits'
import { emptyHeader } from './plain-header'
import { unpack } from './unpack'

/** What a byte of gzip data unfolds to at most (RFC 1951), and some more. */
const MOST_UNFOLDED = 1100
/** Compressed bytes that are read at a time. */
const CHUNK = 2 ** 20

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
  checkSize(volume, { count, frames, sliceBytes, end })
  const code = volume.format === 'nifti' ? 'NIFTI_INVALID' : 'NRRD_INVALID'
  let open: Promise<ByteSource> | null = null
  let held: Uint8Array<ArrayBuffer> | null = null
  const voxels = async () => {
    const { voxels: source } = volume
    if (zippedFrom === null) return source
    held = await unfolded(source, zippedFrom, end, code)
    return memorySource(held)
  }
  const read = async (index: number): Promise<SampleArray> => {
    if (!Number.isInteger(index) || index < 0 || index >= frames) {
      throw new LeptonError('FRAME_OUT_OF_RANGE', { expected: `0 to ${frames - 1}`, received: `${index}` })
    }
    open ??= voxels()
    const bytes = (await open).read(offset + index * sliceBytes, sliceBytes)
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
      // hundreds of megabytes do not wait for the collector
      held?.buffer.transfer(0)
    },
    storedFrame: async (index) => ({
      ...shape,
      samples: datatype.samples,
      data: await read(index),
      photometric: datatype.samples === 3 ? 'RGB' : 'MONOCHROME2',
    }),
    frame: async (index) => {
      const data = await read(index)
      const { spacing = null } = header.geometry[index] ?? header.geometry[0] ?? {}
      if (datatype.samples === 3) return { ...colourFrame(shape, Uint8Array.from(data)), spacing }
      return { ...greyFrame(shape, data), slope, intercept, windows, spacing }
    },
  }
}

interface VolumeExtent {
  /** Samples of a slice. */
  count: number
  frames: number
  sliceBytes: number
  /** Byte behind the last slice. */
  end: number
}

/** @throws PIXELS_TOO_LARGE, or PIXELS_CORRUPT for more slices than the file can hold */
function checkSize(
  { size: [columns, rows], zippedFrom, voxels }: VolumeFile,
  { count, frames, sliceBytes, end }: VolumeExtent,
): void {
  const received = `${columns} x ${rows} x ${frames}`
  const zipped = zippedFrom !== null
  const large = count > MAX_SAMPLES || sliceBytes > MAX_FRAME_BYTES || frames > MAX_FRAMES
  if (large || (zipped && end > MAX_VOLUME_BYTES)) {
    const remedy = zipped ? 'Unpack it: a volume that is not compressed is read slice by slice.' : ''
    const expected = `at most ${MAX_FRAMES} slices and, compressed, ${MAX_VOLUME_BYTES / 2 ** 20} MB`
    throw new LeptonError('PIXELS_TOO_LARGE', { expected, received, remedy })
  }
  // a volume that was cut short still shows its first slices
  if (frames <= voxels.size * (zipped ? MOST_UNFOLDED : 1)) return
  throw new LeptonError('PIXELS_CORRUPT', { expected: `${end} bytes`, received: `${voxels.size}` })
}

/**
 * The first `length` bytes of what gzip data unfold to, in memory taken once; what follows is never unfolded.
 * @throws the given code where the bytes are no gzip data
 */
async function unfolded(
  source: ByteSource,
  from: number,
  length: number,
  code: FaultCode,
): Promise<Uint8Array<ArrayBuffer>> {
  const target = new Uint8Array(length)
  let filled = 0
  const zipped = Readable.from(chunksOf(source, from))
  try {
    const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: CHUNK })
    for await (const chunk of zipped.pipe(gunzip)) {
      const part: Uint8Array = chunk.subarray(0, length - filled)
      target.set(part, filled)
      filled += part.length
      if (filled === length) break
    }
  } catch (cause) {
    throw new LeptonError(code, { expected: 'gzip data', received: String(cause), cause })
  } finally {
    zipped.destroy()
  }
  return target.subarray(0, filled)
}

function* chunksOf(source: ByteSource, from: number): Generator<Uint8Array> {
  for (let at = from; at < source.size; at += CHUNK) yield source.read(at, CHUNK)
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
