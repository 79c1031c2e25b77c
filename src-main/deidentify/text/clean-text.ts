import { LeptonError } from '#shared/domain/fault'

/** More names and numbers than any honest header has; looking for them would take for ever. */
const MOST_PIECES = 5000
/** Longer ones are told by their parts. */
const LONGEST_PIECE = 200

/** What stands where something was taken out. */
export const TAKEN_OUT = '***'

const LETTER = '[\\p{L}\\p{N}]'
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

/** Patterns of what identifies whoever it belongs to: dates, addresses of the net, long numbers, titled names. */
const patterns: readonly RegExp[] = [
  /\b(?:19|20)\d\d([-./]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])\b/gu,
  /\b(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|[12]\d|3[01])[-./](?:19|20)?\d\d\b/gu,
  /\b(?:0?[1-9]|[12]\d|3[01])[-. ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-., ]+(?:19|20)?\d\d\b/giu,
  /(?:19|20)\d\d年\d{1,2}月\d{1,2}日/gu,
  /[\w.+-]+@[\w-]+\.[\w.-]+/gu,
  /https?:\/\/\S+/giu,
  /\+?\b\d{2,4}[ /-]\d{2,4}[ /-]\d{2,6}\b/gu,
  /\b\d{6,}\b/gu,
  /\b(?:Dr|Prof|Mr|Mrs|Ms|Herr|Frau)\b\.?\s+\p{Lu}[\p{L}'-]+/gu,
]

/** Removes what is known of a patient, and what looks like an identifier of anyone, from text that stays. */
export class TextCleaner {
  readonly #known: RegExp | null

  /** `identifiers`: names, numbers and the like as they stand in the header. Throws DICOM_INVALID for too many. */
  constructor(identifiers: Iterable<string>) {
    const pieces = new Set<string>()
    for (const identifier of identifiers) for (const piece of piecesOf(identifier)) pieces.add(piece)
    if (pieces.size > MOST_PIECES) {
      throw new LeptonError('DICOM_INVALID', {
        expected: `at most ${MOST_PIECES} names`,
        received: `${pieces.size}`,
      })
    }
    // the longest first, so that a part never saves the rest of the whole
    const alternatives = [...pieces].sort((a, b) => b.length - a.length).map(asPattern)
    this.#known = alternatives.length > 0 ? new RegExp(alternatives.join('|'), 'giu') : null
  }

  /** Without what is known of this patient. */
  known(text: string): string {
    return this.#known === null ? text : text.replace(this.#known, TAKEN_OUT)
  }

  /** Without what is known of this patient, nor dates, addresses, long numbers and titled names. */
  clean(text: string): string {
    return patterns.reduce((left, pattern) => left.replace(pattern, TAKEN_OUT), this.known(text))
  }
}

/** The whole, and of names their parts; too short ones would take ordinary words out. */
function piecesOf(identifier: string): string[] {
  const whole = identifier.trim()
  const parts = whole.split(/[\^=\\,;\s]+/u).map((part) => part.replace(/^[.'-]+|[.'-]+$/gu, ''))
  // Chinese, Japanese and Korean names are written without a space
  const together = whole.split('=').map((group) => group.replace(/[\^\s]+/g, ''))
  const cjk = together.filter((group) => CJK.test(group))
  return [whole.replace(/[\^=]+/g, ' ').trim(), whole, ...cjk, ...parts].filter(isTelling)
}

function isTelling(piece: string): boolean {
  if (piece.length > LONGEST_PIECE) return false
  if (CJK.test(piece)) return piece.length >= 2
  if (/^[\d.\s]+$/.test(piece)) return piece.replace(/\D/g, '').length >= 4
  return piece.length >= 3
}

function asPattern(piece: string): string {
  const literal = piece.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\s+/g, '[\\s^]+')
  const number = /\d/.test(piece) && piece.length >= 5
  return CJK.test(piece) || number ? literal : `(?<!${LETTER})${literal}(?!${LETTER})`
}
