import { LeptonError } from '#shared/domain/fault'

/** The longest header that is read. */
export const NRRD_HEADER_MOST = 2 ** 20

/** Fields of a NRRD header by their names in lower case, and where the data begin in an attached one. */
export interface NrrdFields {
  fields: ReadonlyMap<string, string>
  headerBytes: number
}

/** `centers` and `centerings`, `datafile` and `data file`: the format has two names for some fields. */
const sameAs: Record<string, string> = { datafile: 'data file', byteskip: 'byte skip', lineskip: 'line skip' }

/**
 * Splits a header (https://teem.sourceforge.net/nrrd/format.html) into its fields; comments and key/value pairs are
 * left out. Throws NRRD_INVALID.
 */
export function readFields(bytes: Uint8Array): NrrdFields {
  const fields = new Map<string, string>()
  for (let start = 0, line = 0; start < bytes.length; line += 1) {
    const found = bytes.indexOf(0x0a, start)
    const end = found < 0 ? bytes.length : found
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start)
      .toString('latin1')
      .replace(/\r$/, '')
    start = end + 1
    if (line === 0) {
      if (!/^NRRD000[1-5]$/.test(text)) throw invalid('NRRD0001 to NRRD0005', text.slice(0, 16))
      continue
    }
    if (text === '') return { fields, headerBytes: start }
    const [, name, value] = /^([^:#=]+): ?(.*)$/.exec(text) ?? []
    if (name === undefined || value === undefined) continue
    const key = name.trim().toLowerCase()
    fields.set(sameAs[key] ?? key, value.trim())
  }
  if (bytes.length >= NRRD_HEADER_MOST) throw invalid(`a header of at most ${NRRD_HEADER_MOST} bytes`, 'more')
  return { fields, headerBytes: bytes.length }
}

/** Vectors such as `(1,0,0) none (0,1,0)`; `none` is null. */
export function vectorsOf(text: string): (number[] | null)[] {
  return (text.match(/\([^)]*\)|none/gi) ?? []).map((part) =>
    part.toLowerCase() === 'none' ? null : part.slice(1, -1).split(',').map(Number),
  )
}

export const numbersOf = (text: string | undefined): number[] =>
  text?.split(/\s+/).filter(Boolean).map(Number) ?? []

export const invalid = (expected: string, received: string) =>
  new LeptonError('NRRD_INVALID', { expected, received })
