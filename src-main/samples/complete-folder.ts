import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

/**
 * Makes `folder` hold everything that `fill` writes, or nothing new: `fill` works in a folder beside it, which takes
 * its place when all is written. A folder that already has all the `names` is left as it is; one that lost some gets
 * them again. What else lies in it stays.
 */
export async function completeFolder(
  folder: string,
  names: readonly string[],
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  const target = resolve(folder)
  const present = await namesIn(target)
  if (names.every((name) => present.includes(name))) return
  const draft = join(dirname(target), `.${randomUUID()}.partial`)
  await mkdir(draft, { recursive: true })
  try {
    await fill(draft)
    await rmdir(target).catch(() => undefined)
    try {
      await rename(draft, target)
    } catch {
      for (const name of await readdir(draft)) await rename(join(draft, name), join(target, name))
    }
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch {
    return []
  }
}
