import entries from './data-dictionary.json'

export interface DictionaryEntry {
  /** The first of the value representations that PS3.6 allows. */
  vr: string
  keyword: string
}

const dictionary: Readonly<Record<string, string>> = entries

/** What PS3.6 (edition 2024c) says of a standard tag; null of a private, repeating or unknown one. */
export function dictionaryEntry(tag: number): DictionaryEntry | null {
  const known = dictionary[tagKey(tag)]
  if (known === undefined) return null
  const [vr = 'UN', keyword = ''] = known.split(' ')
  return { vr, keyword }
}

/** Eight hexadecimal digits in lower case. */
export function tagKey(tag: number): string {
  return tag.toString(16).padStart(8, '0')
}
