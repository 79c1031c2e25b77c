import { dictionaryEntry } from '#main/imaging/dicom/data-dictionary'
import { UNDEFINED_LENGTH } from '#main/imaging/dicom/encoding'
import { Tag } from '#main/imaging/dicom/tags'
import { tagName } from '#main/imaging/dicom/walk'
import type { ElementAction, PreviewLine } from '#shared/domain/deidentification'
import { itemLevels, type Level, type PlacedElement } from '../dicom/level'
import { isText, textOf } from '../dicom/text-value'

const LONGEST = 160
const MOST_LINES = 2000
const WRITTEN_AS_TEXT = new Set(['AS', 'DA', 'DS', 'DT', 'IS', 'TM', 'UI'])

/** What differs between a data set and its rewritten form, sequences gone through item by item. */
export function differences(before: Level, after: Level): PreviewLine[] {
  return [...compare(before, after, '')].slice(0, MOST_LINES)
}

function* compare(before: Level, after: Level, path: string): Generator<PreviewLine> {
  const left = new Map(before.elements.map((placed) => [placed.element.tag, placed]))
  const right = new Map(after.elements.map((placed) => [placed.element.tag, placed]))
  for (const tag of [...new Set([...left.keys(), ...right.keys()])].sort((a, b) => a - b)) {
    const [old, fresh] = [left.get(tag), right.get(tag)]
    const name = path + tagName(tag)
    if (old?.vr === 'SQ' && fresh && fresh.element.length > 0 && tag !== METHOD) {
      const items = itemLevels(after, fresh)
      for (const [index, item] of itemLevels(before, old).entries()) {
        const other = items[index]
        if (other) yield* compare(item, other, `${name}[${index + 1}] `)
      }
      continue
    }
    const [was, is] = [shown(before, old), shown(after, fresh)]
    if (old && fresh && same(before, old, after, fresh)) continue
    const keyword = dictionaryEntry(tag)?.keyword ?? ''
    yield { tag: name, keyword, action: actionOf(tag, old, fresh, is), before: was, after: is }
  }
}

const METHOD = 0x00120064

function same(before: Level, old: PlacedElement, after: Level, fresh: PlacedElement): boolean {
  const bytes = (level: Level, { start, end }: PlacedElement) => Buffer.from(level.bytes.subarray(start, end))
  return bytes(before, old).equals(bytes(after, fresh))
}

function actionOf(
  tag: number,
  old: PlacedElement | undefined,
  fresh: PlacedElement | undefined,
  is: string,
): ElementAction {
  if (!fresh) return 'removed'
  if (tag === Tag.PatientName || tag === Tag.PatientID) return 'pseudonym'
  if (!old) return 'set'
  if (fresh.element.length === 0) return 'emptied'
  if (fresh.vr === 'UI') return 'new-uid'
  if (fresh.vr === 'DA' || fresh.vr === 'DT') return is.startsWith('19000101') ? 'dummy' : 'shifted'
  return isText(fresh.vr) && is !== 'REMOVED' ? 'cleaned' : 'dummy'
}

function shown(level: Level, placed: PlacedElement | undefined): string {
  if (!placed || placed.element.length === 0) return ''
  if (placed.vr === 'SQ') return `[${itemLevels(level, placed).length}]`
  const { length } = placed.element
  if (length === UNDEFINED_LENGTH) return '…'
  if (!isText(placed.vr) && !WRITTEN_AS_TEXT.has(placed.vr)) return `${length} B`
  const text = textOf(level, placed)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
