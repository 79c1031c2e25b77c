import { dictionaryEntry, tagKey } from '#main/imaging/dicom/data-dictionary'
import type { ElementAction, FileReport } from '#shared/domain/deidentification'
import type { PlacedElement } from './dicom/level'

/** VRs of text that people write. */
const FREE_TEXT = new Set(['LO', 'LT', 'ST', 'UC', 'UT'])

/** Counts what was done to the elements of one file; holds no values. */
export class Recorder {
  readonly #actions = new Map<string, FileReport['actions'][number]>()
  readonly #private = new Set<string>()
  readonly #text = new Set<string>()

  note({ element: { tag } }: PlacedElement, action: ElementAction): void {
    this.noteTag(tag, action)
  }

  noteTag(tag: number, action: ElementAction): void {
    const group = Math.floor(tag / 0x10000)
    const keyword = dictionaryEntry(tag)?.keyword ?? (group % 2 === 1 ? 'Private' : '')
    this.#count(tagKey(tag), keyword, action)
  }

  /** Of formats other than DICOM. */
  noteField(name: string, action: ElementAction): void {
    this.#count(name, name, action)
  }

  keptPrivate({ element: { tag } }: PlacedElement, creator: string): void {
    const hex = tagKey(tag)
    this.#private.add(`${hex.slice(0, 4)},"${creator}",${hex.slice(6)}`)
    this.noteTag(tag, 'kept-private')
  }

  /** `written`: a description that the option Clean Descriptors let stay. */
  keptText({ element: { tag }, vr }: PlacedElement, written: boolean): void {
    const keyword = dictionaryEntry(tag)?.keyword
    if (keyword !== undefined && written && FREE_TEXT.has(vr)) this.#text.add(keyword)
  }

  get actions(): FileReport['actions'] {
    return [...this.#actions.values()].sort((a, b) => a.tag.localeCompare(b.tag))
  }

  get privateElements(): string[] {
    return [...this.#private].sort()
  }

  get texts(): string[] {
    return [...this.#text].sort()
  }

  #count(tag: string, keyword: string, action: ElementAction): void {
    const key = `${tag} ${action}`
    const known = this.#actions.get(key) ?? { tag, keyword, action, count: 0 }
    this.#actions.set(key, { ...known, count: known.count + 1 })
  }
}
