import { LeptonError } from '#shared/domain/fault'
import type { AffineVolume, Row } from '../affine-geometry'
import type { Datatype } from '../volume-instance'

/** The parts of a NIfTI-1 or NIfTI-2 header this reader uses (nifti1.h, nifti2.h). */
export interface NiftiHeader extends AffineVolume {
  datatype: Datatype
  /** Byte offset of the first voxel. */
  offset: number
  little: boolean
  slope: number
  intercept: number
  display: { min: number; max: number }
}

const datatypes: Record<number, Datatype> = {
  2: { bits: 8, kind: 'unsigned', samples: 1 },
  4: { bits: 16, kind: 'signed', samples: 1 },
  8: { bits: 32, kind: 'signed', samples: 1 },
  16: { bits: 32, kind: 'float', samples: 1 },
  64: { bits: 64, kind: 'float', samples: 1 },
  128: { bits: 8, kind: 'unsigned', samples: 3 },
  256: { bits: 8, kind: 'signed', samples: 1 },
  512: { bits: 16, kind: 'unsigned', samples: 1 },
  768: { bits: 32, kind: 'unsigned', samples: 1 },
  1024: { bits: 64, kind: 'signed', samples: 1 },
  1280: { bits: 64, kind: 'unsigned', samples: 1 },
}

/** Length of the longer of the two headers. */
export const NIFTI_HEADER_LENGTH = 540

/** Offsets of fields, and how wide they are, in the two versions of the format. */
const layouts = {
  348: {
    dim: 40,
    datatype: 70,
    pixdim: 76,
    vox: 108,
    slope: 112,
    cal: 124,
    units: 123,
    qcode: 252,
    q: 256,
    srow: 280,
  },
  540: {
    dim: 16,
    datatype: 12,
    pixdim: 104,
    vox: 168,
    slope: 176,
    cal: 192,
    units: 500,
    qcode: 344,
    q: 352,
    srow: 400,
  },
}

const millimetresPerUnit: Record<number, number> = { 1: 1000, 2: 1, 3: 0.001 }

/** Reads and checks a header. Throws NIFTI_INVALID. */
export function readNiftiHeader(bytes: Uint8Array): NiftiHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = view.getInt32(0, true) === 348 || view.getInt32(0, true) === 540
  const length = view.getInt32(0, little)
  if ((length !== 348 && length !== 540) || bytes.length < length)
    throw invalid('a header of 348 or 540 bytes', `${length}`)
  const second = length === 540
  const at = layouts[length]
  const real = second ? 8 : 4
  const float = (offset: number) =>
    second ? view.getFloat64(offset, little) : view.getFloat32(offset, little)
  const dim = (index: number) =>
    second ? Number(view.getBigInt64(at.dim + index * 8, little)) : view.getInt16(at.dim + index * 2, little)

  const code = view.getInt16(at.datatype, little)
  const datatype = datatypes[code]
  if (datatype === undefined) throw invalid('a datatype of whole or real numbers or RGB', `datatype ${code}`)
  const count = dim(0)
  if (count < 1 || count > 7) throw invalid('1 to 7 dimensions', `${count}`)
  const extent = (index: number) => (index <= count ? dim(index) : 1)
  const size: [number, number, number] = [extent(1), extent(2), extent(3)]
  const volumes = [4, 5, 6, 7].reduce((product, index) => product * extent(index), 1)
  if ([...size, volumes].some((value) => !(value >= 1)))
    throw invalid('positive dimensions', size.join(' x '))

  const units = second ? view.getInt32(at.units, little) : view.getUint8(at.units)
  const scale = millimetresPerUnit[units & 7] ?? 1
  const pixdim = (index: number) => float(at.pixdim + index * real)
  const spacing = [1, 2, 3].map((index) => Math.abs(pixdim(index)) * scale || 1) as [number, number, number]
  const codeAt = (offset: number) => (second ? view.getInt32(offset, little) : view.getInt16(offset, little))
  const qform = codeAt(at.qcode) > 0
  const sform = codeAt(at.qcode + (second ? 4 : 2)) > 0
  const reals = (offset: number, number: number) =>
    Array.from({ length: number }, (_, index) => float(offset + index * real))
  const slope = float(at.slope)
  const intercept = float(at.slope + real)
  const offset = second ? Number(view.getBigInt64(at.vox, little)) : view.getFloat32(at.vox, little)
  return {
    size,
    volumes,
    datatype,
    offset: Math.max(Math.trunc(offset) || 0, length),
    little,
    slope: Number.isFinite(slope) && slope !== 0 ? slope : 1,
    intercept: Number.isFinite(slope) && slope !== 0 && Number.isFinite(intercept) ? intercept : 0,
    display: { max: float(at.cal), min: float(at.cal + real) },
    spacing,
    affine: sform
      ? fromRows(reals(at.srow, 12), scale)
      : qform
        ? fromQuaternion(reals(at.q, 6), spacing, pixdim(0) < 0 ? -1 : 1, scale)
        : null,
  }
}

function fromRows(values: number[], scale: number): [Row, Row, Row] {
  const row = (index: number) => values.slice(index * 4, index * 4 + 4).map((value) => value * scale) as Row
  return [row(0), row(1), row(2)]
}

/** Method 2 of nifti1.h: a rotation by a quaternion, then an offset. */
function fromQuaternion(
  q: number[],
  spacing: [number, number, number],
  handedness: number,
  scale: number,
): [Row, Row, Row] {
  const [b = 0, c = 0, d = 0, x = 0, y = 0, z = 0] = q
  const a = Math.sqrt(Math.max(0, 1 - b * b - c * c - d * d))
  const [i, j] = spacing
  const k = spacing[2] * handedness
  return [
    [(a * a + b * b - c * c - d * d) * i, 2 * (b * c - a * d) * j, 2 * (b * d + a * c) * k, x * scale],
    [2 * (b * c + a * d) * i, (a * a + c * c - b * b - d * d) * j, 2 * (c * d - a * b) * k, y * scale],
    [2 * (b * d - a * c) * i, 2 * (c * d + a * b) * j, (a * a + d * d - b * b - c * c) * k, z * scale],
  ]
}

function invalid(expected: string, received: string): LeptonError {
  return new LeptonError('NIFTI_INVALID', { expected, received })
}
