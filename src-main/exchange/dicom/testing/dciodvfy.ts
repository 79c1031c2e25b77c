import { spawnSync } from 'node:child_process'

/** Errors that dciodvfy (dicom3tools) finds in a file; null, with a notice, where it is not installed. */
export function errorsOf(path: string): string[] | null {
  const { error, stderr } = spawnSync('dciodvfy', [path], { encoding: 'utf8' })
  if (error) {
    console.warn('Not run: dciodvfy is not installed (Debian package dicom3tools).')
    return null
  }
  return stderr.split('\n').filter((line) => line.startsWith('Error'))
}
