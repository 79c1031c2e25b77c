import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

const day = 24 * 3600 * 1000

/**
 * Deletes what broken-off work left in the library's own folders: uploads that were never finished and members
 * half unpacked, a day after they were last touched. Finished uploads wait for their import, however long.
 */
export async function sweep(dataFolder: string, now = Date.now()): Promise<void> {
  for (const folder of [join(dataFolder, 'uploads'), join(dataFolder, 'files', 'incoming')]) {
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name)
      if (name.endsWith('.taken')) continue
      const stats = await stat(path).catch(() => null)
      if (stats && now - stats.mtimeMs > day) await rm(path, { recursive: true, force: true })
    }
  }
}
