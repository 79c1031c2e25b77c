import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** Files and folders named on the command line of the app; switches and what does not exist are left out. */
export function launchPaths(argv: readonly string[], folder: string): string[] {
  return argv
    .slice(1)
    .filter((argument) => !argument.startsWith('-') && argument !== '.')
    .map((argument) => resolve(folder, argument))
    .filter((path) => existsSync(path) && !path.endsWith('desktop.js'))
}
