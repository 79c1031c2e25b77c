import type { AffineVolume, Row } from '../affine-geometry'
import type { Datatype } from '../volume-instance'
import { invalid, type NrrdFields, numbersOf, readFields, vectorsOf } from './fields'

/** The parts of a NRRD header this reader uses. */
export interface NrrdHeader extends AffineVolume {
  datatype: Datatype
  little: boolean
  zipped: boolean
  headerBytes: number
  /** Bytes to leave out before the voxels; -1: the voxels end with the file. */
  byteSkip: number
  lineSkip: number
  /** Name of the file that holds the voxels; null where they follow the header. */
  dataFile: string | null
}

const types: Record<string, [bits: number, kind: Datatype['kind']]> = {}
for (const [names, bits, kind] of [
  ['signed char,int8,int8_t', 8, 'signed'],
  ['uchar,unsigned char,uint8,uint8_t', 8, 'unsigned'],
  ['short,short int,signed short,signed short int,int16,int16_t', 16, 'signed'],
  ['ushort,unsigned short,unsigned short int,uint16,uint16_t', 16, 'unsigned'],
  ['int,signed int,int32,int32_t', 32, 'signed'],
  ['uint,unsigned int,uint32,uint32_t', 32, 'unsigned'],
  ['longlong,long long,long long int,signed long long,int64,int64_t', 64, 'signed'],
  ['ulonglong,unsigned long long,unsigned long long int,uint64,uint64_t', 64, 'unsigned'],
  ['float', 32, 'float'],
  ['double', 64, 'float'],
] as const)
  for (const name of names.split(',')) types[name] = [bits, kind]

/** How the axes of a space turn into right, anterior, superior. */
const spaces: Record<string, readonly [number, number, number]> = {
  'right-anterior-superior': [1, 1, 1],
  ras: [1, 1, 1],
  'left-anterior-superior': [-1, 1, 1],
  las: [-1, 1, 1],
  'left-posterior-superior': [-1, -1, 1],
  lps: [-1, -1, 1],
}

/** Reads and checks a header. Throws NRRD_INVALID. */
export function readNrrdHeader(bytes: Uint8Array): NrrdHeader {
  const read = readFields(bytes)
  const { fields, headerBytes } = read
  const type = fields.get('type') ?? ''
  const known = types[type.toLowerCase()]
  if (!known) throw invalid('a type of whole or real numbers', `type ${type}`)
  const encoding = (fields.get('encoding') ?? '').toLowerCase()
  if (!['raw', 'gzip', 'gz'].includes(encoding)) throw invalid('encoding raw or gzip', encoding)
  const sizes = numbersOf(fields.get('sizes'))
  const dimension = Number(fields.get('dimension'))
  if (sizes.length !== dimension || sizes.some((size) => !Number.isInteger(size) || size < 1)) {
    throw invalid(`${dimension} positive sizes`, sizes.join(' '))
  }
  const axes = axesOf(sizes, known, read)
  return {
    ...axes,
    datatype: { bits: known[0], kind: known[1], samples: axes.samples },
    little: littleOf(fields.get('endian'), known[0]),
    zipped: encoding !== 'raw',
    headerBytes,
    byteSkip: Number(fields.get('byte skip') ?? 0) || 0,
    lineSkip: Number(fields.get('line skip') ?? 0) || 0,
    dataFile: fields.get('data file') ?? null,
  }
}

function littleOf(endian: string | undefined, bits: number): boolean {
  if (endian === undefined && bits > 8) throw invalid('endian', 'none')
  return endian?.toLowerCase() !== 'big'
}

/**
 * Which axes are columns, rows and slices: colours may lie before them, volumes after them.
 */
function axesOf(
  sizes: readonly number[],
  [bits, kind]: [number, Datatype['kind']],
  { fields }: NrrdFields,
): AffineVolume & { samples: 1 | 3 } {
  const directions = vectorsOf(fields.get('space directions') ?? '')
  const kinds = (fields.get('kinds') ?? '').toLowerCase().split(/\s+/)
  const coloured =
    sizes.length > 2 && (directions[0] === null || /^(rgb-colou?r|3-colou?r)$/.test(kinds[0] ?? ''))
  if (coloured && (sizes[0] !== 3 || bits !== 8 || kind !== 'unsigned'))
    throw invalid('one number or red, green and blue for each voxel', `${sizes[0]} of ${bits} bits`)
  const first = coloured ? 1 : 0
  const [columns = 1, rows = 1, slices = 1, ...more] = sizes.slice(first)
  const spatial = directions.slice(first, first + 3)
  const placed = spatial.length === 3 && spatial.every((vector) => vector?.length === 3)
  const spacings = numbersOf(fields.get('spacings')).slice(first, first + 3)
  const lengths = [0, 1, 2].map((axis) => {
    const length = placed ? Math.hypot(...(spatial[axis] ?? [])) : (spacings[axis] ?? Number.NaN)
    return Number.isFinite(length) && length > 0 ? length : 1
  })
  return {
    samples: coloured ? 3 : 1,
    size: [columns, rows, slices],
    volumes: more.reduce((product, size) => product * size, 1),
    spacing: [lengths[0] ?? 1, lengths[1] ?? 1, lengths[2] ?? 1],
    affine: placed ? affineOf(spatial, fields) : null,
  }
}

function affineOf(
  spatial: readonly (number[] | null)[],
  fields: NrrdFields['fields'],
): AffineVolume['affine'] {
  const turn = spaces[(fields.get('space') ?? '').toLowerCase()]
  // a space that does not name the patient's axes tells lengths only
  if (!turn) return null
  const origin = vectorsOf(fields.get('space origin') ?? '')[0] ?? [0, 0, 0]
  const row = (axis: 0 | 1 | 2): Row => {
    const [i = 0, j = 0, k = 0, o = 0] = [...spatial, origin].map(
      (vector) => (vector?.[axis] ?? 0) * turn[axis],
    )
    return [i, j, k, o]
  }
  const rows: [Row, Row, Row] = [row(0), row(1), row(2)]
  return rows.flat().every(Number.isFinite) ? rows : null
}
