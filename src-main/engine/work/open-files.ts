import { statSync } from 'node:fs'
import { type OpenInstance, openInstance } from '#main/imaging'
import { Lru } from './lru'

/** Keeps the last files open, for multi-frame files are read frame after frame. */
export class OpenFiles {
  readonly #files = new Lru<Promise<OpenInstance>>(2, (file) => {
    file.then(
      (instance) => instance.close(),
      () => {},
    )
  })

  open(path: string): Promise<OpenInstance> {
    const key = versionOf(path)
    const kept = this.#files.get(key)
    if (kept) return kept
    const file = openInstance(path)
    this.#files.set(key, file, 1)
    file.catch(() => this.#files.forget(key, file))
    return file
  }
}

/** A name for a file as it is now: one that was written again since is another. */
export function versionOf(path: string): string {
  const file = statSync(path, { throwIfNoEntry: false })
  return `${file?.mtimeMs} ${file?.size} ${path}`
}
