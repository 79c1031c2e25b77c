import { latin1 } from '#main/imaging/dicom/character-set'
import { LeptonError } from '#shared/domain/fault'
import { type Level, valueBytes } from './level'

/** Private elements that may stay: group, creator and the low byte of the element. */
export class PrivateAllowList {
  readonly #keys: ReadonlySet<string>

  /** `lines`: `gggg,"CREATOR",ee` each, with or without parentheses, as PS3.15 writes them. Throws INPUT_INVALID. */
  constructor(lines: readonly string[]) {
    this.#keys = new Set(lines.map((line) => parsed(line)))
  }

  allows(group: number, creator: string | undefined, element: number): boolean {
    return creator !== undefined && this.#keys.has(keyOf(group, creator, element % 0x100))
  }
}

/** Lines of an allow list file without comments (#) and empty ones. */
export function allowListLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*$/, '').trim())
    .filter((line) => line !== '')
}

/** Creators of the private blocks of a level, by `group * 0x100 + block`. */
export function privateCreators(level: Level): ReadonlyMap<number, string> {
  const creators = new Map<number, string>()
  for (const placed of level.elements) {
    const group = Math.floor(placed.element.tag / 0x10000)
    const number = placed.element.tag % 0x10000
    if (group % 2 === 0 || number < 0x10 || number > 0xff) continue
    creators.set(
      group * 0x100 + number,
      latin1(valueBytes(level, placed))
        .replace(/[\s\0]+$/, '')
        .trim(),
    )
  }
  return creators
}

function parsed(line: string): string {
  const [, group, creator, element] =
    line.match(/^\(?\s*([0-9a-f]{4})\s*,\s*["“]([^"”]+)["”]\s*,\s*(?:xx)?([0-9a-f]{2})\s*\)?$/i) ?? []
  if (group === undefined || creator === undefined || element === undefined) {
    throw new LeptonError('INPUT_INVALID', {
      expected: 'private elements as gggg,"CREATOR",ee, one a line',
      received: line.slice(0, 80),
      remedy: 'Correct the list of private elements to keep.',
    })
  }
  return keyOf(Number.parseInt(group, 16), creator.trim(), Number.parseInt(element, 16))
}

const keyOf = (group: number, creator: string, element: number) =>
  `${group} ${element} ${creator.toUpperCase()}`
