/** A key of several words, of which some name a figure and the rest what it was measured of. */
export interface SplitKey {
  figure: string
  of: string
}

/** `auc-malignant` or `malignant-recall` as figure and subject; null where no known figure begins or ends it. */
export function splitKey(key: string, known: (figure: string) => boolean): SplitKey | null {
  const words = key.split('-')
  for (let cut = 1; cut < words.length; cut += 1) {
    const [head, tail] = [words.slice(0, cut).join('-'), words.slice(cut).join('-')]
    if (known(tail)) return { figure: tail, of: head }
  }
  for (let cut = words.length - 1; cut > 0; cut -= 1) {
    const [head, tail] = [words.slice(0, cut).join('-'), words.slice(cut).join('-')]
    if (known(head)) return { figure: head, of: tail }
  }
  return null
}

/** A key as words, where nothing names it. */
export const asWords = (key: string): string => {
  const words = key.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
