/** Scripts written without spaces; each character becomes a word, so that any part of a name can be found. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu

const words = (text: string) =>
  text
    .normalize('NFKC')
    .replace(unspaced, ' $& ')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean)

/** Texts of a study as the full-text index takes them. */
export const indexText = (texts: readonly (string | null | undefined)[]) =>
  words(texts.filter(Boolean).join(' ')).join(' ')

/**
 * What a person typed as a full-text query: every word must begin a word of the study; what is written together
 * must stand together (`STS_005`, `Doe^Jane`, 王小明). Null when nothing is left to look for.
 */
export function searchQuery(typed: string): string | null {
  const phrases = typed
    .split(/\s+/)
    .map(words)
    .filter((phrase) => phrase.length > 0)
    .map((phrase) => `"${phrase.join(' ')}"*`)
  return phrases.length > 0 ? phrases.join(' ') : null
}
