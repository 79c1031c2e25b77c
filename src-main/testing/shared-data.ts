import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = process.env.LEPTON_DATA ?? resolve(import.meta.dirname, '../../../shared/data')

/** A file or folder of the public data sets that tests may use; null, with a notice, where they are absent. */
export function sharedData(relative: string): string | null {
  const path = join(root, relative)
  if (existsSync(path)) return path
  console.warn(`Not run: ${relative} is not there. Set LEPTON_DATA to the folder of the public data sets.`)
  return null
}
