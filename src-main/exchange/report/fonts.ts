import { existsSync } from 'node:fs'
import { LeptonError } from '#shared/domain/fault'

/** A font file, and of a collection the member to take. */
export interface Font {
  path: string
  family: string | undefined
}

/** Fonts of the common systems that hold Latin and Chinese, Japanese or Korean characters alike. */
const candidates: readonly Font[] = [
  { path: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', family: 'NotoSansCJKsc-Regular' },
  { path: '/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc', family: 'NotoSansCJKsc-Regular' },
  { path: '/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc', family: 'NotoSansCJKsc-Regular' },
  { path: '/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc', family: 'WenQuanYiZenHei' },
  { path: '/System/Library/Fonts/PingFang.ttc', family: 'PingFangSC-Regular' },
  { path: '/System/Library/Fonts/STHeiti Light.ttc', family: 'STHeitiSC-Light' },
  { path: '/Library/Fonts/Arial Unicode.ttf', family: undefined },
  { path: 'C:/Windows/Fonts/msyh.ttc', family: 'MicrosoftYaHei' },
  { path: 'C:/Windows/Fonts/simhei.ttf', family: undefined },
]

/** Characters of the fonts that every PDF reader has (Windows-1252). */
const LATIN = /^[ -~\u00a0-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/u

/**
 * A font of this computer that holds what a text needs; null where the fonts of every reader do.
 * @throws OUTPUT_UNWRITABLE where no font does
 */
export function fontFor(text: string, there: (path: string) => boolean = existsSync): Font | null {
  if (LATIN.test(text)) return null
  const font = candidates.find(({ path }) => there(path))
  if (font) return font
  throw new LeptonError('OUTPUT_UNWRITABLE', {
    expected: 'a font of this computer with the characters of the report',
    received: 'none of those that are looked for',
    remedy: 'Print the HTML report as PDF, or install Noto Sans CJK.',
  })
}
