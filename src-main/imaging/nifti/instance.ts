import { constants, gunzipSync } from 'node:zlib'
import { LeptonError } from '#shared/domain/fault'
import type { InstanceHeader, SampleArray, VoiWindow } from '#shared/domain/image'
import { type ByteSource, memorySource } from '../byte-source'
import { colourFrame, greyFrame } from '../frames'
import type { OpenInstance } from '../instance'
import { MAX_FRAMES, MAX_SAMPLES } from '../limits'
import { emptyHeader } from '../plain-header'
import { unpack } from '../unpack'
import { niftiGeometry } from './geometry'
import { NIFTI_HEADER_LENGTH, type NiftiHeader, readNiftiHeader } from './header'

/** The largest volume that is inflated, in bytes. */
const MAX_INFLATED = 2 ** 31
/** Compressed bytes that surely hold the header. */
const HEAD = 4096
/** Bytes behind the last slice that are put up with. */
const TRAILING = 2 ** 20

/**
 * Opens a NIfTI volume, plain or gzip: frames are its slices along k, columns along i. The volume is inflated when
 * the first frame is asked for, and kept. Throws NIFTI_INVALID or PIXELS_TOO_LARGE.
 */
export function openNifti(file: ByteSource): OpenInstance {
  const head = file.read(0, HEAD)
  const zipped = head[0] === 0x1f && head[1] === 0x8b
  const header = readNiftiHeader((zipped ? inflate(head, 2 ** 24) : head).subarray(0, NIFTI_HEADER_LENGTH))
  const { size, datatype, little, slope, intercept } = header
  const [columns, rows, slices] = size
  const frames = slices * header.volumes
  const count = columns * rows * datatype.samples
  const sliceBytes = (count * datatype.bits) / 8
  const end = header.offset + frames * sliceBytes
  if (count > MAX_SAMPLES || frames > MAX_FRAMES || (zipped && end > MAX_INFLATED)) {
    throw new LeptonError('PIXELS_TOO_LARGE', { received: `${columns} x ${rows} x ${frames}` })
  }

  let volume: ByteSource | null = null
  const read = (index: number): SampleArray => {
    if (!Number.isInteger(index) || index < 0 || index >= frames) {
      throw new LeptonError('FRAME_OUT_OF_RANGE', { expected: `0 to ${frames - 1}`, received: `${index}` })
    }
    volume ??= zipped ? memorySource(inflate(file.read(0, file.size), end + TRAILING)) : file
    const bytes = volume.read(header.offset + index * sliceBytes, sliceBytes)
    if (bytes.length < sliceBytes) {
      throw new LeptonError('PIXELS_CORRUPT', {
        expected: `${sliceBytes} bytes`,
        received: `${bytes.length}`,
      })
    }
    const { bits, kind } = datatype
    const layout = { bitsAllocated: bits, bitsStored: bits, highBit: bits - 1 }
    return unpack(
      bytes,
      count,
      { ...layout, signed: kind !== 'unsigned', kind: kind === 'float' ? 'float' : 'integer' },
      little,
    )
  }
  const shape = { rows, columns }
  const full = niftiInstanceHeader(header)
  return {
    header: full,
    sha256: () => file.sha256(),
    close: () => file.close(),
    storedFrame: async (index) => ({
      ...shape,
      samples: datatype.samples,
      data: read(index),
      photometric: datatype.samples === 3 ? 'RGB' : 'MONOCHROME2',
    }),
    frame: async (index) => {
      const data = read(index)
      const { spacing = null } = full.geometry[index] ?? full.geometry[0] ?? {}
      if (datatype.samples === 3) return { ...colourFrame(shape, Uint8Array.from(data)), spacing }
      return { ...greyFrame(shape, data), slope, intercept, windows: windowsOf(header), spacing }
    },
  }
}

function niftiInstanceHeader(header: NiftiHeader): InstanceHeader {
  const { size, volumes, datatype, slope, intercept } = header
  const plain = emptyHeader('nifti', {
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
      windows: windowsOf(header),
    },
    geometry: niftiGeometry(header),
  }
}

/** The display range of the header, where it holds one. */
function windowsOf({ display: { min, max }, datatype }: NiftiHeader): VoiWindow[] {
  if (!(max > min) || datatype.samples === 3) return []
  return [{ center: (min + max + 1) / 2, width: max - min + 1, explanation: '' }]
}

function inflate(bytes: Uint8Array, maxOutputLength: number): Uint8Array {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength })
  } catch (cause) {
    throw new LeptonError('NIFTI_INVALID', { expected: 'gzip data', received: String(cause), cause })
  }
}
