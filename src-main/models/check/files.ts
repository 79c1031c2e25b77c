import { lstat, opendir } from 'node:fs/promises'
import { join, posix } from 'node:path'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { invalid } from './refuse'

export const packageLimits = { files: 256, depth: 8, bytes: 2 ** 31 }

/** Files that systems leave about; nothing reads them and nobody lists them. */
export const isClutter = (name: string) =>
  name.startsWith('.') || ['Thumbs.db', 'desktop.ini', '__MACOSX'].includes(name)

/**
 * Looks at every file of a package's folder: ordinary files only, exactly those that the manifest names, within
 * bounds.
 * @throws MODEL_INVALID
 */
export async function checkFolder(folder: string, { files }: Pick<ModelManifest, 'files'>): Promise<void> {
  const found = await filesOf(folder)
  const listed = new Set(Object.keys(files).map((file) => posix.normalize(file)))
  const extra = [...found].filter((file) => file !== 'manifest.json' && !listed.has(file))
  if (extra.length > 0) throw invalid('only files that manifest.json names with their hash', extra.join(', '))
  const missing = [...listed].filter((file) => !found.has(file))
  if (missing.length > 0) throw invalid(`the file ${missing.join(', ')}`, 'no such file in the package')
}

/** Paths below a folder, with forward slashes. @throws MODEL_INVALID for links, and where there is too much */
export async function filesOf(folder: string): Promise<Set<string>> {
  const found = new Set<string>()
  let bytes = 0
  const walk = async (below: string, depth: number): Promise<void> => {
    if (depth > packageLimits.depth) throw invalid(`at most ${packageLimits.depth} folders deep`, below)
    for await (const entry of await opendir(join(folder, below))) {
      if (isClutter(entry.name)) continue
      const path = posix.join(below, entry.name)
      if (entry.isDirectory()) {
        await walk(path, depth + 1)
        continue
      }
      if (!entry.isFile())
        throw invalid('ordinary files inside the package', `${path}, which leads elsewhere`)
      found.add(path)
      if (found.size > packageLimits.files) throw invalid(`at most ${packageLimits.files} files`, 'more')
      bytes += (await lstat(join(folder, path))).size
      if (bytes > packageLimits.bytes) throw invalid(`at most ${packageLimits.bytes} bytes`, 'more')
    }
  }
  await walk('', 0)
  return found
}
