import { open, readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { LeptonError } from '#shared/domain/fault'
import type { ReadableFormat } from '../types'

/** How many bytes of a file are enough to know its format. */
const HEAD = 64 * 1024

/** A file of annotations, or why there is none. */
export type FoundFile = { path: string; format: ReadableFormat } | { path: string; error: unknown }

/** Files of known formats below some paths, and paths named that are not. */
export async function* annotationFiles(
  paths: readonly string[],
  formats: readonly ReadableFormat[],
): AsyncGenerator<FoundFile> {
  for (const path of paths) {
    try {
      if ((await stat(path)).isDirectory()) yield* inFolder(path, formats)
      else {
        const format = await formatOf(path, formats)
        yield format ? { path, format } : { path, error: unknown(path, formats) }
      }
    } catch (error) {
      yield { path, error: asFault(path, error) }
    }
  }
}

/** What lies beside annotations in a folder, pictures for instance, is passed over. */
async function* inFolder(folder: string, formats: readonly ReadableFormat[]): AsyncGenerator<FoundFile> {
  const entries = await readdir(folder, { withFileTypes: true })
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.name.startsWith('.')) continue
    if (entry.isDirectory()) {
      yield* inFolder(path, formats)
      continue
    }
    if (!entry.isFile()) continue
    try {
      const format = await formatOf(path, formats)
      if (format) yield { path, format }
    } catch (error) {
      yield { path, error: asFault(path, error) }
    }
  }
}

async function formatOf(path: string, formats: readonly ReadableFormat[]): Promise<ReadableFormat | null> {
  const extension = extname(path).slice(1).toLowerCase()
  const possible = formats.filter(
    ({ fileExtensions }) => fileExtensions.includes('*') || fileExtensions.includes(extension),
  )
  if (possible.length === 0) return null
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD), 0, HEAD, 0)
    for (const format of possible) {
      if (await format.read.knows(path, buffer.subarray(0, bytesRead))) return format
    }
    return null
  } finally {
    await file.close()
  }
}

const unknown = (path: string, formats: readonly ReadableFormat[]) =>
  new LeptonError('FORMAT_UNKNOWN', {
    expected: `annotations as ${formats.map(({ id }) => id).join(', ')}`,
    received: path,
    remedy: 'Pictures are taken in with `lepton import`.',
  })

function asFault(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new LeptonError('FILE_NOT_FOUND', {
      received: path,
      remedy: 'Check the path, or connect the drive.',
      cause: error,
    })
  }
  if (error instanceof LeptonError || typeof code !== 'string' || code === '') return error
  return new LeptonError('FILE_UNREADABLE', { received: `${path} (${code})`, cause: error })
}
