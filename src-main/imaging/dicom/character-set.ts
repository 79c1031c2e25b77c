/** Decodes text values by Specific Character Set (PS3.3, C.12.1.1.2 and PS3.5, section 6.1). */

/** Single-byte and whole-value character sets by defined term. */
const encodings: Record<string, string> = {
  'ISO_IR 6': 'windows-1252',
  'ISO_IR 100': 'windows-1252',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 148': 'iso-8859-9',
  'ISO_IR 166': 'windows-874',
  'ISO_IR 203': 'iso-8859-15',
  'ISO_IR 13': 'shift_jis',
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
  'ISO 2022 IR 87': 'windows-1252',
  'ISO 2022 IR 149': 'euc-kr',
  'ISO 2022 IR 58': 'gb18030',
}

/** Escape sequences of ISO 2022: what the bytes up to the next one are, and how to hand them to a decoder. */
const escapes: { sequence: string; encoding: string; doubleByte?: boolean; prefix?: number }[] = [
  { sequence: '(B', encoding: 'windows-1252' },
  { sequence: '(J', encoding: 'shift_jis' },
  { sequence: ')I', encoding: 'shift_jis' },
  { sequence: '-A', encoding: 'windows-1252' },
  { sequence: '-B', encoding: 'iso-8859-2' },
  { sequence: '-C', encoding: 'iso-8859-3' },
  { sequence: '-D', encoding: 'iso-8859-4' },
  { sequence: '-F', encoding: 'iso-8859-7' },
  { sequence: '-G', encoding: 'iso-8859-6' },
  { sequence: '-H', encoding: 'iso-8859-8' },
  { sequence: '-L', encoding: 'iso-8859-5' },
  { sequence: '-M', encoding: 'iso-8859-9' },
  { sequence: '-T', encoding: 'windows-874' },
  { sequence: '-b', encoding: 'iso-8859-15' },
  { sequence: '$)C', encoding: 'euc-kr' },
  { sequence: '$)A', encoding: 'gb18030' },
  { sequence: '$B', encoding: 'euc-jp', doubleByte: true },
  { sequence: '$(D', encoding: 'euc-jp', doubleByte: true, prefix: 0x8f },
]

const ESCAPE = 0x1b
const decoders = new Map<string, InstanceType<typeof TextDecoder>>()

/** Text of a value in the given character sets; the first is the default, the others need escape sequences. */
export function decodeText(bytes: Uint8Array, characterSets: readonly string[]): string {
  const plain = latin1(bytes)
  if (isPlain(plain)) return plain
  const base = encodings[term(characterSets[0] ?? '')] ?? unescaped(characterSets) ?? guess(bytes)
  if (!bytes.includes(ESCAPE)) return decodeWith(base, bytes)

  let text = ''
  let start = 0
  let active: (typeof escapes)[number] = { sequence: '', encoding: base }
  for (let at = bytes.indexOf(ESCAPE); at !== -1; at = bytes.indexOf(ESCAPE, start)) {
    text += decodeRun(bytes.subarray(start, at), active, base)
    const rest = latin1(bytes.subarray(at + 1, at + 4))
    const found = escapes.find(({ sequence }) => rest.startsWith(sequence))
    active = found ?? active
    start = at + 1 + (found?.sequence.length ?? 0)
  }
  return text + decodeRun(bytes.subarray(start), active, base)
}

/** Within double-byte G0 text, delimiters of the value go back to the default set (PS3.5, 6.1.2.5.3). */
function decodeRun(
  bytes: Uint8Array,
  { encoding, doubleByte, prefix }: (typeof escapes)[number],
  base: string,
) {
  if (!doubleByte) return decodeWith(encoding, bytes)
  const high: number[] = []
  let end = 0
  while (end + 1 < bytes.length && (bytes[end] ?? 0) > 0x20) {
    if (prefix !== undefined) high.push(prefix)
    high.push((bytes[end] ?? 0) | 0x80, (bytes[end + 1] ?? 0) | 0x80)
    end += 2
  }
  return decodeWith(encoding, Uint8Array.from(high)) + decodeWith(base, bytes.subarray(end))
}

/** `ISO 2022 IR n` names the same repertoire as `ISO_IR n` where no multi-byte set is meant. */
function term(name: string): string {
  const trimmed = name.trim()
  if (trimmed in encodings) return trimmed
  return trimmed.replace(/^ISO[ _]2022[ _]IR[ _]/, 'ISO_IR ').replace(/^ISO[-_ ]IR[ _]/, 'ISO_IR ')
}

/** Files that name no set but use high bytes: UTF-8 if it is that, else Latin-1. */
/** Writers exist that leave the escape sequences of Korean and Chinese out. */
function unescaped([, second = '']: readonly string[]): string | undefined {
  return ['ISO 2022 IR 149', 'ISO 2022 IR 58'].includes(second) ? encodings[second] : undefined
}

function guess(bytes: Uint8Array): string {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

function decodeWith(encoding: string, bytes: Uint8Array): string {
  let decoder = decoders.get(encoding)
  if (decoder === undefined) {
    decoder = new TextDecoder(encoding)
    decoders.set(encoding, decoder)
  }
  return decoder.decode(bytes)
}

/** Whether bytes, as characters of the same code, say the same in every character set. */
export function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0x7e || code === ESCAPE) return false
  }
  return true
}

/** Bytes as characters of the same code. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}
