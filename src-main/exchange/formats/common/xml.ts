import { LeptonError } from '#shared/domain/fault'
import { readText } from './read-file'

/** Numbers stay text: a label may be `007`. */
const options = {
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
}

/** The document of an XML file; elements named here are always lists. @throws INPUT_INVALID */
export async function readXml(path: string, lists: readonly string[]): Promise<unknown> {
  const text = await readText(path)
  // entities of a document type can unfold without end or name other files
  if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) {
    throw new LeptonError('INPUT_INVALID', { expected: 'XML without a document type', received: path })
  }
  const { XMLParser } = await import('fast-xml-parser')
  try {
    return new XMLParser({
      ...options,
      isArray: (name, _path, _leaf, attribute) => !attribute && lists.includes(name),
    }).parse(text)
  } catch (cause) {
    throw new LeptonError('INPUT_INVALID', { expected: 'XML', received: path, cause })
  }
}

type Attributes = Record<string, string | number | null | undefined>

/** An element with its attributes; those that are null are left out. Children are XML already. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('')
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`
}

/** An element that holds text. */
export const textElement = (name: string, value: string | number) =>
  `<${name}>${escaped(String(value))}</${name}>`

function escaped(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no place for these
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
  )
}
