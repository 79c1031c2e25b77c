import { basename, isAbsolute, relative, sep } from 'node:path'
import type { ReportItem } from './report-items'

/**
 * Names of mask files within a report: `masks/<path of the file below its root>.png`, with `_<frame>` (from 0)
 * before `.png` for multi-frame files. Where two roots hold files of one name, the later ones are put in a
 * folder named for their root.
 */
export class MaskNames {
  readonly #taken = new Map<string, string>()

  /** With forward slashes; the same item always gets the same name. Null for items without a mask. */
  of(item: ReportItem): string | null {
    if (item.status !== 'scored') return null
    const suffix = item.multiFrame ? `_${item.frame ?? 0}.png` : '.png'
    const below = partsBelow(item.root, item.path)
    const owner = `${item.root}\0${item.path}`
    for (let attempt = 0; ; attempt++) {
      const name = ['masks', ...prefix(item.root, attempt), ...below].join('/') + suffix
      // file systems that do not tell upper from lower case must not lose a mask either
      const key = name.toLowerCase()
      const holder = this.#taken.get(key) ?? owner
      if (holder !== owner) continue
      this.#taken.set(key, owner)
      return name
    }
  }
}

const prefix = (root: string, attempt: number) =>
  attempt === 0 ? [] : [basename(root) + (attempt === 1 ? '' : ` (${attempt})`)]

/** Path parts that cannot lead out of the report's folder. */
function partsBelow(root: string, path: string): string[] {
  const archive = `${root}!/`
  const below = path.startsWith(archive) ? path.slice(archive.length) : relative(root, path)
  // an input that is a file is its own root; images chosen in the library have none
  const shown = root === '' ? path : below === '' || isAbsolute(below) ? basename(path) : below
  const parts = shown.split(/[\\/]/)
  const safe = parts.filter((part) => part !== '' && part !== '.' && part !== '..')
  return sep === '\\' ? safe.map((part) => part.replaceAll(/[<>:"|?*]/g, '_')) : safe
}
