import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const appPackage = z.object({ name: z.literal('lepton-studio'), version: z.string() })

/** Where the app itself lies: its package.json, the built renderer and the bundled models. */
export interface AppFolder {
  path: string
  version: string
}

/** The nearest folder above this module that holds the app's package.json, in a checkout and in an installation. */
export function findAppFolder(): AppFolder {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    const read = existsSync(file) ? appPackage.safeParse(JSON.parse(readFileSync(file, 'utf8'))) : null
    if (read?.success) return { path: folder, version: read.data.version }
    if (dirname(folder) === folder) throw new Error('The app is incomplete: its package.json is missing.')
  }
}
