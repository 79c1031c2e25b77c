import { decodeText, isPlain } from './character-set'
import { type Element, type Encoding, Incomplete, readElement } from './encoding'
import { Tag } from './tags'
import { endOfElement, innerEncoding, items } from './walk'

/**
 * The elements of a data set or sequence item, with typed access. Missing and empty values are null; sequences
 * are read when they are asked for. Offsets count from the start of `bytes`.
 */
export class Dataset {
  private characterSets: readonly string[] | null = null
  private readonly sequences = new Map<number, readonly Dataset[]>()
  private readonly view: DataView
  /** The same memory once more, for text. */
  private readonly characters: Buffer

  constructor(
    readonly bytes: Uint8Array,
    readonly encoding: Encoding,
    readonly elements: ReadonlyMap<number, Element>,
    private readonly parent: Dataset | null = null,
  ) {
    const shared = parent?.bytes === bytes ? parent : null
    this.view = shared?.view ?? viewOf(bytes)
    this.characters = shared?.characters ?? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  has(tag: number): boolean {
    return (this.elements.get(tag)?.length ?? 0) > 0
  }

  /** The raw value. */
  value(tag: number): Uint8Array | null {
    const element = this.elements.get(tag)
    if (element === undefined || element.length === 0) return null
    return this.bytes.subarray(element.offset, element.offset + element.length)
  }

  /** All values of CS, UI, DS, IS, DA, TM and the like, trimmed. */
  codes(tag: number): string[] {
    const text = this.latin1(tag)
    return text === null ? [] : text.split('\\').map(trimmed)
  }

  code(tag: number): string | null {
    return this.firstCode(tag) || null
  }

  /** Text in the character set of the object, all values with their backslashes. */
  text(tag: number): string | null {
    const plain = this.latin1(tag) ?? ''
    const value = isPlain(plain) ? null : this.value(tag)
    return trimmed(value === null ? plain : decodeText(value, this.characterSet())) || null
  }

  texts(tag: number): string[] {
    return this.text(tag)?.split('\\').map(trimmed) ?? []
  }

  /** Values of DS and IS; what is no number is left out. */
  decimals(tag: number): number[] {
    return this.codes(tag).map(decimal).filter(Number.isFinite)
  }

  decimal(tag: number): number | null {
    const value = this.firstCode(tag)
    const number = value === null ? Number.NaN : decimal(value)
    return Number.isFinite(number) ? number : null
  }

  /** Values of US, or of SS with `signed`. */
  shorts(tag: number, signed = false): number[] {
    return this.binary(tag, 2, (view, at, little) =>
      signed ? view.getInt16(at, little) : view.getUint16(at, little),
    )
  }

  short(tag: number): number | null {
    return this.shorts(tag)[0] ?? null
  }

  /** Values of FL. */
  floats(tag: number): number[] {
    return this.binary(tag, 4, (view, at, little) => view.getFloat32(at, little))
  }

  /** Values of FD. */
  doubles(tag: number): number[] {
    return this.binary(tag, 8, (view, at, little) => view.getFloat64(at, little))
  }

  /** Values of OV, as far as numbers hold them. */
  longs(tag: number): number[] {
    return this.binary(tag, 8, (view, at, little) => Number(view.getBigUint64(at, little)))
  }

  items(tag: number): readonly Dataset[] {
    const element = this.elements.get(tag)
    if (element === undefined) return []
    const known = this.sequences.get(tag) ?? this.readItems(element)
    this.sequences.set(tag, known)
    return known
  }

  item(tag: number): Dataset | null {
    return this.items(tag)[0] ?? null
  }

  private readItems(element: Element): Dataset[] {
    const encoding = innerEncoding(element, this.encoding)
    const found: Dataset[] = []
    for (const { start, contentEnd } of items(this.view, element, encoding)) {
      const elements = readElements(this.view, start, contentEnd, encoding)
      found.push(new Dataset(this.bytes, encoding, elements, this))
    }
    return found
  }

  private characterSet(): readonly string[] {
    if (this.characterSets === null) {
      const own = this.codes(Tag.SpecificCharacterSet)
      this.characterSets = own.length > 0 ? own : (this.parent?.characterSet() ?? [])
    }
    return this.characterSets
  }

  private binary(tag: number, size: number, get: (view: DataView, at: number, little: boolean) => number) {
    const element = this.elements.get(tag)
    if (element === undefined) return []
    const { offset, length } = element
    const values: number[] = []
    const end = Math.min(offset + length, this.bytes.length)
    for (let at = offset; at + size <= end; at += size) values.push(get(this.view, at, this.encoding.little))
    return values
  }

  /** The raw value as characters of the same code. */
  private latin1(tag: number): string | null {
    const element = this.elements.get(tag)
    if (element === undefined || element.length === 0) return null
    const { offset, length } = element
    return this.characters.toString('latin1', offset, Math.min(offset + length, this.bytes.length))
  }

  private firstCode(tag: number): string | null {
    const text = this.latin1(tag)
    if (text === null) return null
    const end = text.indexOf('\\')
    return trimmed(end < 0 ? text : text.slice(0, end))
  }
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function readElements(view: DataView, start: number, end: number, encoding: Encoding) {
  if (end > view.byteLength) throw new Incomplete(end)
  const elements = new Map<number, Element>()
  for (let position = start; position + 8 <= end; ) {
    const element = readElement(view, position, encoding)
    elements.set(element.tag, element)
    position = endOfElement(view, element, encoding)
  }
  return elements
}

function decimal(text: string): number {
  return text === '' ? Number.NaN : Number(text.replace(',', '.'))
}

/** Without white space and zeros at its ends; most values have none, or one space that makes their length even. */
function trimmed(text: string): string {
  const { length } = text
  const end = length > 0 && text.charCodeAt(length - 1) === SPACE ? length - 1 : length
  if (end > 0 && isPrinted(text.charCodeAt(0)) && isPrinted(text.charCodeAt(end - 1)))
    return text.slice(0, end)
  return text.replace(/^[\s\0]+|[\s\0]+$/g, '')
}

const SPACE = 0x20
const isPrinted = (code: number) => code > SPACE && code < 0x7f
