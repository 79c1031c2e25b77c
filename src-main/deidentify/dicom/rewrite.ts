import { latin1 } from '#main/imaging/dicom/character-set'
import { dictionaryEntry } from '#main/imaging/dicom/data-dictionary'
import { UNDEFINED_LENGTH } from '#main/imaging/dicom/encoding'
import { Tag } from '#main/imaging/dicom/tags'
import { innerEncoding } from '#main/imaging/dicom/walk'
import type { DeidentifyOptions } from '#shared/domain/deidentification'
import { isStandardUid, namesClass } from '../profile/class-uids'
import { type Action, isGraphics, profileAction } from '../profile/confidentiality-table'
import type { Pseudonyms } from '../pseudonyms'
import type { Recorder } from '../recorder'
import type { TextCleaner } from '../text/clean-text'
import { shiftDate } from '../text/dates'
import { dummyValue } from './dummy'
import { encodeElement, encodeSequence, joined, type Written } from './encode'
import { itemLevels, type Level, type PlacedElement, valueBytes } from './level'
import { type PrivateAllowList, privateCreators } from './private-allow-list'
import { bytesOf, isText, textOf } from './text-value'

/** What the elements of one file are rewritten by. */
export interface RewriteRules {
  options: DeidentifyOptions
  pseudonyms: Pseudonyms
  cleaner: TextCleaner
  allowed: PrivateAllowList
  patient: string
  days: number
  recorder: Recorder
}

/** Set anew for the whole object, whatever was there. */
const REPLACED: ReadonlySet<number> = new Set([0x00120062, 0x00120063, 0x00120064, 0x00280303])

/** Terms that decoding depends on; text is never looked for in them. */
const isStructural = (tag: number) =>
  Math.floor(tag / 0x10000) === 0x28 || tag === Tag.SpecificCharacterSet || tag === Tag.Modality

/** The elements of a level that stay, rewritten; those of sequences likewise, at any depth. */
export function rewriteLevel(level: Level, rules: RewriteRules): Written[] {
  const creators = privateCreators(level)
  const kept = new Set<number>()
  const written: Written[] = []
  for (const placed of level.elements) {
    const { tag } = placed.element
    const group = Math.floor(tag / 0x10000)
    const number = tag % 0x10000
    if (number === 0 || (group % 2 === 1 && number <= 0xff)) continue
    const block = group * 0x100 + (number >> 8)
    const own = group % 2 === 1
    if (own && !rules.allowed.allows(group, creators.get(block), number)) {
      rules.recorder.note(placed, 'removed')
      continue
    }
    const bytes = own ? privateElement(level, placed, rules) : standardElement(level, placed, rules)
    if (bytes === null) continue
    written.push({ tag, bytes })
    if (own) kept.add(block)
  }
  return [...creatorsOf(level, kept), ...written].sort((a, b) => a.tag - b.tag)
}

function creatorsOf(level: Level, blocks: ReadonlySet<number>): Written[] {
  return level.elements.flatMap(({ element: { tag }, start, end }) => {
    const block = Math.floor(tag / 0x10000) * 0x100 + (tag % 0x10000)
    const creator = tag % 0x10000 <= 0xff && blocks.has(block)
    return creator ? [{ tag, bytes: level.bytes.subarray(start, end) }] : []
  })
}

/** Its value is gone through as that of a standard element that the profile does not list. */
function privateElement(level: Level, placed: PlacedElement, rules: RewriteRules): Uint8Array | null {
  const creator = privateCreators(level).get(blockOf(placed))
  rules.recorder.keptPrivate(placed, creator ?? '')
  if (placed.vr !== 'UN') return perform(unlisted(placed, rules), level, placed, rules)
  const bytes =
    placed.element.length === UNDEFINED_LENGTH
      ? level.bytes.subarray(placed.start, placed.end)
      : valueBytes(level, placed)
  const text = latin1(bytes)
  if (rules.cleaner.known(text) === text) return level.bytes.subarray(placed.start, placed.end)
  rules.recorder.note(placed, 'removed')
  return null
}

const blockOf = ({ element: { tag } }: PlacedElement) =>
  Math.floor(tag / 0x10000) * 0x100 + ((tag % 0x10000) >> 8)

function standardElement(level: Level, placed: PlacedElement, rules: RewriteRules): Uint8Array | null {
  const { tag } = placed.element
  const { recorder, patient, options } = rules
  if (REPLACED.has(tag)) return null
  if (isGraphics(tag) || (dictionaryEntry(tag) === null && profileAction(tag, options) === null)) {
    recorder.note(placed, 'removed')
    return null
  }
  if (tag === Tag.PatientName || tag === Tag.PatientID) {
    recorder.note(placed, 'pseudonym')
    return encodeElement(tag, placed.element.vr, Buffer.from(patient, 'latin1'), level.encoding)
  }
  return perform(profileAction(tag, options) ?? unlisted(placed, rules), level, placed, rules)
}

/** What the profile does not list is kept, unless its VR says that it names someone, a day or an instance. */
function unlisted({ vr, element: { tag } }: PlacedElement, { options }: RewriteRules): Action {
  if (vr === 'PN') return 'empty'
  if (vr === 'DA' || vr === 'DT') return options.retainDates ? 'shift' : 'empty'
  return vr === 'UI' && !namesClass(tag) ? 'uid' : 'keep'
}

function perform(
  action: Action,
  level: Level,
  placed: PlacedElement,
  rules: RewriteRules,
): Uint8Array | null {
  const { vr } = placed
  const { recorder } = rules
  if (action === 'remove') {
    recorder.note(placed, 'removed')
    return null
  }
  if (action === 'empty') return replaced(level, placed, new Uint8Array(), rules, 'emptied')
  if (vr === 'SQ') return sequence(level, placed, rules)
  // where nothing was said, nothing need be hidden
  if (action === 'dummy' && placed.element.length === 0) return level.bytes.subarray(placed.start, placed.end)
  if (action === 'dummy') return replaced(level, placed, dummyValue(vr), rules, 'dummy')
  if (placed.element.length === UNDEFINED_LENGTH) return level.bytes.subarray(placed.start, placed.end)
  if (action === 'uid' && vr === 'UI') return newUids(level, placed, rules)
  if (action === 'shift') return shifted(level, placed, rules)
  return isText(vr)
    ? cleaned(level, placed, rules, action === 'clean')
    : level.bytes.subarray(placed.start, placed.end)
}

function sequence(level: Level, placed: PlacedElement, rules: RewriteRules): Uint8Array {
  const { element } = placed
  const items = itemLevels(level, placed).map((item) => ({
    content: joined(rewriteLevel(item, rules).map(({ bytes }) => bytes)),
    delimited: item.delimited,
  }))
  const inner = innerEncoding(element, level.encoding)
  const delimited = element.length === UNDEFINED_LENGTH
  return encodeSequence(element.tag, element.vr, items, level.encoding, inner, delimited)
}

function newUids(level: Level, placed: PlacedElement, rules: RewriteRules): Uint8Array {
  const values = textOf(level, placed).split('\\')
  const mapped = values.map((uid) => mappedUid(uid.trim(), rules.pseudonyms)).join('\\')
  if (mapped === values.join('\\')) return level.bytes.subarray(placed.start, placed.end)
  return replaced(level, placed, Buffer.from(mapped, 'latin1'), rules, 'new-uid')
}

/** A new UID for one of a site or device; empty ones and those of the standard stay. */
export function mappedUid(uid: string, pseudonyms: Pseudonyms): string {
  return uid === '' || isStandardUid(uid) ? uid : pseudonyms.uid(uid)
}

/** Times and time zones stay; of dates every value moves. */
function shifted(level: Level, placed: PlacedElement, rules: RewriteRules): Uint8Array | null {
  const { vr } = placed
  if (vr === 'TM' || vr === 'SH') return level.bytes.subarray(placed.start, placed.end)
  const text = textOf(level, placed)
  if (text === '') return level.bytes.subarray(placed.start, placed.end)
  const moved = text.split('\\').map((value) => (value === '' ? '' : shiftDate(value.trim(), rules.days)))
  if (moved.includes(null)) return replaced(level, placed, new Uint8Array(), rules, 'emptied')
  return replaced(level, placed, Buffer.from(moved.join('\\'), 'latin1'), rules, 'shifted')
}

function cleaned(level: Level, placed: PlacedElement, rules: RewriteRules, thoroughly: boolean): Uint8Array {
  const asIs = level.bytes.subarray(placed.start, placed.end)
  if (isStructural(placed.element.tag)) return asIs
  const text = textOf(level, placed)
  const left = thoroughly ? rules.cleaner.clean(text) : rules.cleaner.known(text)
  if (left !== '') rules.recorder.keptText(placed, thoroughly)
  if (left === text) return asIs
  const bytes = bytesOf(left, level)
  return replaced(level, placed, bytes ?? new Uint8Array(), rules, bytes === null ? 'emptied' : 'cleaned')
}

function replaced(
  level: Level,
  placed: PlacedElement,
  value: Uint8Array,
  rules: RewriteRules,
  action: 'emptied' | 'dummy' | 'new-uid' | 'shifted' | 'cleaned',
): Uint8Array {
  const { element, start, end } = placed
  if (action === 'emptied' && element.length === 0) return level.bytes.subarray(start, end)
  rules.recorder.note(placed, action)
  return encodeElement(element.tag, element.vr, value, level.encoding)
}
