import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it. Node's own recursive mkdir never returns where the system answers ENOENT
 * for a folder whose parent is there, as /proc does.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    if (await isThere(path, error)) return
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolder(dirname(path))
    await mkdir(path).catch(async (again: unknown) => {
      // someone else made it meanwhile
      if (!(await isThere(path, again))) throw again
    })
  }
}

const isThere = async (path: string, error: unknown) =>
  codeOf(error) === 'EEXIST' && (await stat(path)).isDirectory()

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : '')
