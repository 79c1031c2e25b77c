/** Attributes of a data set or sequence item by their keywords in PS3.6. */
export interface Attributes {
  [keyword: string]: Value | readonly (string | number | Attributes)[]
}

type Value = string | number | Attributes

/** A number as a decimal string of at most 16 characters (PS3.5, 6.2). */
export function decimal(value: number): string {
  for (let digits = 15; digits > 0; digits--) {
    const text = String(Number(value.toPrecision(digits)))
    if (text.length <= 16) return text
  }
  return '0'
}

/** A text as a value of VR LO or SH: one line, no backslash, cut to its length. */
export function short(text: string, length: 16 | 64): string {
  const line = text.replaceAll(/[\\\p{Cc}]+/gu, ' ').trim()
  return Array.from(line).slice(0, length).join('')
}

/** A name as it was typed as a value of VR PN. */
export const personName = (name: string) => short(name.replaceAll(/[=^]/g, ' '), 64)

/** Local date and time as DA and TM. */
export function dateAndTime(iso: string): { date: string; time: string } {
  const at = new Date(iso)
  const two = (part: number) => String(part).padStart(2, '0')
  return {
    date: `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`,
    time: `${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`,
  }
}
