import type { Dirent } from 'node:fs'
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
  // the next one is the last
  const waiting = inputs.toReversed()
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (signal.aborted) return
    const found = await visit(path, entered)
    for (const file of found.files) {
      if (signal.aborted) return
      yield file
    }
    for (const folder of found.folders.reverse()) waiting.push(folder)
  }
}

interface Found {
  files: FoundFile[]
  /** What else there is in a folder: folders, links, pipes. */
  folders: string[]
}

async function visit(path: string, entered: Set<string>): Promise<Found> {
  const only = (fault: LeptonError | null): Found => ({ files: [{ path, fault }], folders: [] })
  const stats = await stat(path).catch((error: unknown) => accessFault(path, error))
  if (stats instanceof LeptonError) return only(stats)
  if (!stats.isDirectory()) return only(stats.isFile() ? null : notRegular(path))
  const identity = `${stats.dev}:${stats.ino}`
  if (entered.has(identity)) return { files: [], folders: [] }
  entered.add(identity)
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) =>
    accessFault(path, error),
  )
  return entries instanceof LeptonError ? only(entries) : sorted(path, entries)
}

function sorted(folder: string, entries: readonly Dirent[]): Found {
  const files: FoundFile[] = []
  const folders: string[] = []
  const kept = entries.filter(({ name }) => !isClutter(name))
  for (const entry of kept.sort((left, right) => natural.compare(left.name, right.name))) {
    const path = join(folder, entry.name)
    if (entry.isFile()) files.push({ path, fault: null })
    else folders.push(path)
  }
  return { files, folders }
}

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
