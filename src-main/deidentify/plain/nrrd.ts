import { readFields } from '#main/imaging/nrrd/fields'
import { LeptonError } from '#shared/domain/fault'
import type { Recorder } from '../recorder'

/** Fields that say how the voxels are stored and where they lie; no field else stays. */
const kept = new Set([
  ...['type', 'dimension', 'sizes', 'encoding', 'endian', 'space', 'space dimension', 'space directions'],
  ...[
    'space origin',
    'space units',
    'spacings',
    'thicknesses',
    'axis mins',
    'axis maxs',
    'centerings',
    'centers',
  ],
  ...['kinds', 'units', 'measurement frame', 'byte skip', 'line skip'],
])

/** A NRRD volume without comments, key/value pairs and free texts. Voxels in a file of their own are refused. */
export function stripNrrd(bytes: Uint8Array, recorder: Recorder): Uint8Array[] {
  const { fields, headerBytes } = readFields(bytes)
  if (fields.has('data file')) {
    throw new LeptonError('NRRD_INVALID', {
      expected: 'header and voxels in one file',
      received: 'a header without its voxels',
      remedy: 'Convert it to a single file first.',
    })
  }
  const lines = [...fields].filter(([name]) => kept.has(name)).map(([name, value]) => `${name}: ${value}`)
  for (const name of fields.keys()) if (!kept.has(name)) recorder.noteField(name, 'removed')
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, headerBytes).toString('latin1')
  const [magic = 'NRRD0004'] = text.split(/\r?\n/, 1)
  if (/^#|:=/m.test(text)) recorder.noteField('comments', 'removed')
  return [Buffer.from(`${[magic, ...lines].join('\n')}\n\n`, 'latin1'), bytes.subarray(headerBytes)]
}
