import { tagKey } from '#main/imaging/dicom/data-dictionary'
import type { DeidentifyOptions } from '#shared/domain/deidentification'
import table from './table-e1-1.json'

/**
 * What to do with an element: remove it, empty it, give it a dummy value, clean it, replace its UIDs, shift its
 * date, keep it, or go through the items of a sequence.
 */
export type Action = 'remove' | 'empty' | 'dummy' | 'clean' | 'uid' | 'shift' | 'keep'

/** Options that an attribute may fall under: dates (t), clean descriptors (c), device identity (d). */
const rows: Readonly<Record<string, string>> = table

/** Text of a content item: the table says it of Content Sequence, which is gone through item by item here. */
const TEXT_VALUE = 0x0040a160

/**
 * The action of Table E.1-1 (PS3.15, edition 2026c) under some options; null for attributes it does not list.
 * Where the table leaves a choice (X/Z, X/D, Z/D, X/Z/D), the one that keeps the object valid whatever the type of
 * the attribute is taken: D before Z before X.
 */
export function profileAction(tag: number, options: DeidentifyOptions): Action | null {
  const row = tag === TEXT_VALUE ? 'D c' : rows[tagKey(tag)]
  if (row === undefined) return null
  const [basic = 'X', flags = ''] = row.split(' ')
  if (options.retainDevice && flags.includes('d')) return 'keep'
  if (options.retainDates && flags.includes('t')) return 'shift'
  if (options.cleanDescriptors && flags.includes('c')) return 'clean'
  if (basic.includes('U')) return 'uid'
  if (basic.includes('D')) return 'dummy'
  return basic.includes('Z') ? 'empty' : 'remove'
}

/** Curves and overlays (50xx, 60xx) go as a whole: their other attributes mean nothing without the data. */
export function isGraphics(tag: number): boolean {
  const family = Math.floor(tag / 0x1000000)
  return (family === 0x50 || family === 0x60) && Math.floor(tag / 0x10000) % 2 === 0
}
