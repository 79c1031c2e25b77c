import type { Dirent, Stats } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { LeptonError } from '#shared/domain/fault'
import { isClutter } from './clutter'

/** A file found below an input, or what stood in the way. */
export interface FoundFile {
  path: string
  fault: LeptonError | null
}

const natural = new Intl.Collator('en', { numeric: true })

/** Absolute inputs without those that lie inside another; in the order given. */
export function distinctInputs(paths: readonly string[]): string[] {
  const absolute = [...new Set(paths.map((path) => resolve(path)))]
  return absolute.filter((path) => !absolute.some((other) => other !== path && liesBelow(path, other)))
}

const liesBelow = (path: string, folder: string) =>
  path.startsWith(folder.endsWith(sep) ? folder : folder + sep)

/**
 * Every regular file of the inputs in natural order, the files of a folder before those of its folders, so that
 * they come without a gap. Links are followed, each real folder is
 * entered once, so that loops end; pipes and devices are never opened. What cannot be read is one entry with
 * its fault and stops nothing else.
 */
export async function* walk(inputs: readonly string[], signal: AbortSignal): AsyncGenerator<FoundFile> {
  const entered = new Set<string>()
  for (const input of inputs) yield* visit(input, entered, signal)
}

async function* visit(path: string, entered: Set<string>, signal: AbortSignal): AsyncGenerator<FoundFile> {
  if (signal.aborted) return
  const stats = await stat(path).catch((error: unknown) => accessFault(path, error))
  if (stats instanceof LeptonError) yield { path, fault: stats }
  else if (stats.isDirectory()) yield* visitFolder(path, stats, entered, signal)
  else yield { path, fault: stats.isFile() ? null : notRegular(path) }
}

async function* visitFolder(
  folder: string,
  stats: Stats,
  entered: Set<string>,
  signal: AbortSignal,
): AsyncGenerator<FoundFile> {
  const identity = `${stats.dev}:${stats.ino}`
  if (entered.has(identity)) return
  entered.add(identity)
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) =>
    accessFault(folder, error),
  )
  if (entries instanceof LeptonError) {
    yield { path: folder, fault: entries }
    return
  }
  for (const entry of entries.filter(({ name }) => !isClutter(name)).sort(filesFirst)) {
    if (signal.aborted) return
    const path = join(folder, entry.name)
    if (entry.isFile()) yield { path, fault: null }
    else yield* visit(path, entered, signal)
  }
}

const filesFirst = (left: Dirent, right: Dirent) =>
  Number(right.isFile()) - Number(left.isFile()) || natural.compare(left.name, right.name)

export function accessFault(path: string, error: unknown): LeptonError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new LeptonError('FILE_NOT_FOUND', {
      received: path,
      remedy: 'Check the path, or connect the drive.',
    })
  }
  return new LeptonError('FILE_UNREADABLE', {
    expected: 'a file or folder that may be read',
    received: `${path} (${code || String(error)})`,
    remedy: 'Ask for permission to read it.',
    cause: error,
  })
}

const notRegular = (path: string) =>
  new LeptonError('FILE_UNREADABLE', {
    expected: 'a regular file',
    received: `${path}, a pipe, socket or device`,
    remedy: 'Leave it out.',
  })
