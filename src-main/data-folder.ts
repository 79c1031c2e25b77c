import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

const NAME = 'Lepton Studio'

/**
 * The folder of the library: as named, else LEPTON_DATA_DIR, else where this system keeps such data
 * (XDG_DATA_HOME, Library/Application Support, %APPDATA%).
 */
export function dataFolder(
  named: string | undefined,
  environment = process.env,
  system = process.platform,
): string {
  const chosen = named ?? environment.LEPTON_DATA_DIR
  if (chosen) return resolve(chosen)
  if (system === 'darwin') return join(homedir(), 'Library', 'Application Support', NAME)
  if (system === 'win32') return join(environment.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), NAME)
  return join(environment.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'lepton-studio')
}
