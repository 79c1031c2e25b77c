import { LeptonError } from '#shared/domain/fault'
import { uid } from '#shared/domain/source'
import { IMPLEMENTATION } from '../dimse/associate'

/** What the meta group of a DICOM file says of it (PS3.10, section 7.1). */
export interface FileMeta {
  sopClass: string
  sopInstance: string
  transferSyntax: string
}

/** Meta groups hold a dozen short elements and perhaps some private information. */
export const LARGEST_META = 64 * 1024
const PREAMBLE = 128
const longForm = new Set(['OB', 'OW', 'UN', 'SQ', 'UT'])

/** Preamble and meta group of a file to be written. */
export function encodeMeta({ sopClass, sopInstance, transferSyntax }: FileMeta, sourceAe?: string): Buffer {
  const meta = Buffer.concat([
    element(0x0001, 'OB', Buffer.from([0, 1])),
    element(0x0002, 'UI', Buffer.from(sopClass)),
    element(0x0003, 'UI', Buffer.from(sopInstance)),
    element(0x0010, 'UI', Buffer.from(transferSyntax)),
    element(0x0012, 'UI', Buffer.from(IMPLEMENTATION.uid)),
    element(0x0013, 'SH', Buffer.from(IMPLEMENTATION.name)),
    ...(sourceAe ? [element(0x0016, 'AE', Buffer.from(sourceAe, 'latin1'))] : []),
  ])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(meta.length)
  return Buffer.concat([Buffer.alloc(PREAMBLE), Buffer.from('DICM'), element(0, 'UL', length), meta])
}

/** Whether a file begins as a DICOM file does. */
export const isPart10 = (head: Buffer) => head.toString('latin1', PREAMBLE, PREAMBLE + 4) === 'DICM'

/**
 * The meta group at the beginning of a file, and where its data set starts.
 * @throws DICOM_INVALID if there is none or what it says is no identifier.
 */
export function readMeta(head: Buffer): FileMeta & { datasetOffset: number } {
  if (!isPart10(head)) throw invalid('a DICOM file with preamble and meta group', 'other bytes')
  const values = new Map<number, string>()
  let at = PREAMBLE + 4
  while (at + 8 <= head.length && head.readUInt16LE(at) === 0x0002) {
    const long = longForm.has(head.toString('latin1', at + 4, at + 6))
    const valueAt = at + (long ? 12 : 8)
    if (valueAt > head.length) throw invalid('a whole meta group', 'a cut one')
    const end = valueAt + (long ? head.readUInt32LE(at + 8) : head.readUInt16LE(at + 6))
    if (end > head.length) throw invalid(`a meta group of at most ${LARGEST_META} bytes`, 'a larger one')
    const text = head.toString('latin1', valueAt, end).replace(/[\s\0]+$/, '')
    values.set(head.readUInt16LE(at + 2), text)
    at = end
  }
  const identifier = (tag: number, name: string) => {
    const parsed = uid.safeParse(values.get(tag) ?? '')
    if (!parsed.success) throw invalid(`a ${name}`, 'none in the meta group')
    return parsed.data
  }
  return {
    sopClass: identifier(0x0002, 'SOP class'),
    sopInstance: identifier(0x0003, 'SOP instance'),
    transferSyntax: identifier(0x0010, 'transfer syntax'),
    datasetOffset: at,
  }
}

function element(tag: number, vr: string, value: Buffer): Buffer {
  const filler = vr === 'UI' || vr === 'OB' ? '\0' : ' '
  const body = value.length % 2 === 0 ? value : Buffer.concat([value, Buffer.from(filler)])
  const head = Buffer.alloc(longForm.has(vr) ? 12 : 8)
  head.writeUInt16LE(0x0002, 0)
  head.writeUInt16LE(tag, 2)
  head.write(vr, 4, 'latin1')
  if (longForm.has(vr)) head.writeUInt32LE(body.length, 8)
  else head.writeUInt16LE(body.length, 6)
  return Buffer.concat([head, body])
}

const invalid = (expected: string, received: string) =>
  new LeptonError('DICOM_INVALID', { expected, received, remedy: 'Get the file again.' })
