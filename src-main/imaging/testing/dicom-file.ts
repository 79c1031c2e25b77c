import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'

/** A value to be written: text, raw bytes, items of a sequence, or fragments of encapsulated pixel data. */
type Value = string | Uint8Array | Part[][] | { fragments: Uint8Array[]; offsets?: number[] }
export type Part = [tag: number, vr: string, value: Value]

const LONG = ['OB', 'OW', 'OF', 'OD', 'OV', 'SQ', 'UN', 'UT']

interface Shape {
  syntax?: string
  preamble?: boolean
  meta?: boolean
}

/** Writes a small DICOM object for a test, elements in the order given. */
export function dicomBytes(
  parts: Part[],
  { syntax = '1.2.840.10008.1.2.1', preamble = true, meta = true }: Shape = {},
): Buffer {
  const big = syntax === '1.2.840.10008.1.2.2'
  const implicit = syntax === '1.2.840.10008.1.2'
  const body = Buffer.concat(parts.map((part) => element(part, big, implicit)))
  const group = element([0x00020010, 'UI', syntax], false, false)
  return Buffer.concat([
    preamble ? Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]) : Buffer.alloc(0),
    meta ? group : Buffer.alloc(0),
    syntax.endsWith('.1.99') ? deflateRawSync(body) : body,
  ])
}

/** The elements of a grey image of the given size, before its pixel data. */
export function greyImage(rows: number, columns: number, bits = 16, more: Part[] = []): Part[] {
  const parts: Part[] = [
    [0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.4'],
    [0x00080018, 'UI', '1.2.3.4'],
    [0x00080060, 'CS', 'MR'],
    [0x00100010, 'PN', 'Doe^Jane'],
    [0x00280002, 'US', shorts(1)],
    [0x00280004, 'CS', 'MONOCHROME2'],
    [0x00280010, 'US', shorts(rows)],
    [0x00280011, 'US', shorts(columns)],
    [0x00280100, 'US', shorts(bits)],
    [0x00280101, 'US', shorts(bits)],
    [0x00280102, 'US', shorts(bits - 1)],
    [0x00280103, 'US', shorts(0)],
    ...more,
  ]
  const last = new Map(parts.map((part) => [part[0], part]))
  return [...last.values()].sort(([a], [b]) => a - b)
}

/** Little endian 16-bit words. */
export function shorts(...values: number[]): Uint8Array {
  return new Uint8Array(Uint16Array.from(values).buffer)
}

/** Writes a file into a new temporary folder and returns its path. */
export function temporaryFile(name: string, bytes: Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), 'lepton-imaging-')), name)
  writeFileSync(path, bytes)
  return path
}

function element([tag, vr, value]: Part, big: boolean, implicit: boolean): Buffer {
  const word = (number: number) => swapped(Buffer.from(Uint16Array.of(number).buffer), big, 2)
  const long = (number: number) => swapped(Buffer.from(Uint32Array.of(number).buffer), big, 4)
  const name = Buffer.concat([word(Math.floor(tag / 0x10000)), word(tag % 0x10000)])
  const { bytes, undefinedLength } = encode(vr, value, big, implicit)
  const length = undefinedLength ? 0xffffffff : bytes.length
  if (implicit) return Buffer.concat([name, long(length), bytes])
  const head = LONG.includes(vr) ? [Buffer.from(`${vr}\0\0`), long(length)] : [Buffer.from(vr), word(length)]
  return Buffer.concat([name, ...head, bytes])
}

function encode(
  vr: string,
  value: Value,
  big: boolean,
  implicit: boolean,
): { bytes: Buffer; undefinedLength: boolean } {
  if (typeof value === 'string') {
    const pad = vr === 'UI' ? '\0' : ' '
    const bytes = Buffer.from(value)
    return { bytes: Buffer.concat([bytes, Buffer.from(bytes.length % 2 ? pad : '')]), undefinedLength: false }
  }
  if (value instanceof Uint8Array) {
    const width = vr === 'US' || vr === 'SS' || vr === 'OW' ? 2 : 1
    return { bytes: swapped(Buffer.from(value), big, width), undefinedLength: false }
  }
  if (Array.isArray(value)) {
    const items = value.map((parts) => {
      const content = Buffer.concat(parts.map((part) => element(part, big, implicit)))
      return Buffer.concat([element([0xfffee000, '', content], big, true)])
    })
    return { bytes: Buffer.concat(items), undefinedLength: false }
  }
  const table = new Uint8Array(Uint32Array.from(value.offsets ?? []).buffer)
  const items = [table, ...value.fragments].map((item) => element([0xfffee000, '', item], false, true))
  const end = element([0xfffee0dd, '', new Uint8Array()], false, true)
  return { bytes: Buffer.concat([...items, end]), undefinedLength: true }
}

function swapped(bytes: Buffer, big: boolean, width: 1 | 2 | 4): Buffer {
  if (!big || width === 1) return bytes
  return width === 2 ? Buffer.from(bytes).swap16() : Buffer.from(bytes).swap32()
}
