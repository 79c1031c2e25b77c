import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const longForm = new Set(['OB', 'OW', 'SQ', 'UN', 'UT'])

/** One element in Explicit VR Little Endian. */
function element(tag: number, vr: string, value: string | number | Buffer): Buffer {
  const raw = Buffer.isBuffer(value) ? value : typeof value === 'number' ? uint16(value) : Buffer.from(value)
  const padding = vr === 'UI' || vr === 'OB' ? '\0' : ' '
  const body = raw.length % 2 === 0 ? raw : Buffer.concat([raw, Buffer.from(padding)])
  const head = Buffer.alloc(longForm.has(vr) ? 12 : 8)
  head.writeUInt16LE(tag >>> 16, 0)
  head.writeUInt16LE(tag & 0xffff, 2)
  head.write(vr, 4, 'latin1')
  if (longForm.has(vr)) head.writeUInt32LE(body.length, 8)
  else head.writeUInt16LE(body.length, 6)
  return Buffer.concat([head, body])
}

function uint16(value: number): Buffer {
  const buffer = Buffer.alloc(2)
  buffer.writeUInt16LE(value)
  return buffer
}

export interface TinyDicom {
  patient?: string
  name?: string
  study?: string
  series?: string
  instance: string
  number?: number
  position?: readonly number[]
  orientation?: readonly number[]
  rows?: number
  columns?: number
  frames?: number
  description?: string
}

/** Writes an MR image of a few pixels. */
export function writeDicom(path: string, image: TinyDicom): string {
  const { patient = 'P1', name = 'Doe^Jane', study = '1.2.1', series = '1.2.1.1', frames = 1 } = image
  const { rows = 4, columns = 4, number, position, orientation = [1, 0, 0, 0, 1, 0] } = image
  const decimals = (values: readonly number[]) => values.join('\\')
  const meta = Buffer.concat([
    element(0x00020001, 'OB', Buffer.from([0, 1])),
    element(0x00020002, 'UI', '1.2.840.10008.5.1.4.1.1.4'),
    element(0x00020003, 'UI', image.instance),
    element(0x00020010, 'UI', '1.2.840.10008.1.2.1'),
  ])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(meta.length)
  const elements = [
    element(0x00080005, 'CS', 'ISO_IR 192'),
    element(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.4'),
    element(0x00080018, 'UI', image.instance),
    element(0x00080020, 'DA', '20240102'),
    element(0x00080060, 'CS', 'MR'),
    element(0x00081030, 'LO', image.description ?? 'Thigh'),
    element(0x00100010, 'PN', name),
    element(0x00100020, 'LO', patient),
    element(0x0020000d, 'UI', study),
    element(0x0020000e, 'UI', series),
    ...(number === undefined ? [] : [element(0x00200013, 'IS', String(number))]),
    ...(position ? [element(0x00200032, 'DS', decimals(position))] : []),
    ...(position ? [element(0x00200037, 'DS', decimals(orientation))] : []),
    element(0x00280002, 'US', 1),
    element(0x00280004, 'CS', 'MONOCHROME2'),
    ...(frames === 1 ? [] : [element(0x00280008, 'IS', String(frames))]),
    element(0x00280010, 'US', rows),
    element(0x00280011, 'US', columns),
    element(0x00280100, 'US', 16),
    element(0x00280101, 'US', 16),
    element(0x00280102, 'US', 15),
    element(0x00280103, 'US', 0),
    element(0x7fe00010, 'OW', Buffer.alloc(rows * columns * frames * 2, 1)),
  ]
  mkdirSync(dirname(path), { recursive: true })
  const header = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), element(0x00020000, 'UL', length)])
  writeFileSync(path, Buffer.concat([header, meta, ...elements]))
  return path
}
