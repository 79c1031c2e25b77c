import type { Dataset } from '#main/imaging/dicom/dataset'
import { short } from './attributes'

type Vr = 'PN' | 'LO' | 'SH' | 'CS' | 'DA' | 'TM' | 'AS' | 'DS'

/** An attribute that is taken over from the images. */
export type Copied = readonly [keyword: string, tag: number, vr: Vr]

/** What a value has to look like (PS3.5, 6.2). */
const patterns = {
  CS: /^[A-Z0-9_ ]{1,16}$/,
  DA: /^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/,
  TM: /^([01]\d|2[0-3])([0-5]\d([0-5]\d(\.\d{1,6})?)?)?$/,
  AS: /^\d{3}[DWMY]$/,
  DS: /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/,
} as const

const mostNumber = 16
/** Characters of a component group of a name. */
const mostName = 64
const nameGroups = 3

/**
 * The first value of an attribute in a form that the standard allows, for images often hold others: texts are cut to
 * their length, dates, codes and numbers that are none are left empty.
 */
export function fitting(dataset: Dataset, tag: number, vr: Vr): string {
  if (vr === 'LO') return short(dataset.text(tag) ?? '', 64)
  if (vr === 'SH') return short(dataset.text(tag) ?? '', 16)
  if (vr === 'PN') return name(dataset.text(tag) ?? '')
  const value = dataset.code(tag) ?? ''
  return patterns[vr].test(value) && (vr !== 'DS' || value.length <= mostNumber) ? value : ''
}

function name(text: string): string {
  const [first = ''] = text.split('\\')
  const groups = first.split('=').slice(0, nameGroups)
  return groups
    .map((group) =>
      Array.from(group.replaceAll(/\p{Cc}/gu, '').trim())
        .slice(0, mostName)
        .join(''),
    )
    .join('=')
    .replace(/=+$/, '')
}
