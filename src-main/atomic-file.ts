import { createWriteStream } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { LeptonError } from '#shared/domain/fault'
import { makeFolder } from './make-folder'

const temporary = (path: string) => `${path}.${process.pid}.part`

/**
 * Writes a text piece by piece beside its place and moves it there once it is complete and on disk.
 * @throws OUTPUT_UNWRITABLE, DISK_FULL
 */
export async function writeTextAtomically(path: string, pieces: Iterable<string>): Promise<void> {
  await atomically(path, async (part) => {
    await makeFolder(dirname(path))
    await pipeline(Readable.from(pieces), createWriteStream(part, { flush: true }))
  })
}

/** The same for bytes at hand; a picture that can be drawn again is not waited for. */
export async function writeBytesAtomically(path: string, bytes: Uint8Array): Promise<void> {
  await atomically(path, (part) =>
    writeFile(part, bytes).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      await makeFolder(dirname(path))
      await writeFile(part, bytes)
    }),
  )
}

async function atomically(path: string, write: (part: string) => Promise<void>): Promise<void> {
  const part = temporary(path)
  try {
    await write(part)
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw asFault(path, error)
  }
}

function asFault(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new LeptonError('DISK_FULL', {
      received: path,
      remedy: 'Make room, then write it again.',
      cause: error,
    })
  }
  if (code === '') return error
  return new LeptonError('OUTPUT_UNWRITABLE', {
    expected: 'a folder that can be written',
    received: `${path} (${code})`,
    remedy: 'Choose another folder.',
    cause: error,
  })
}
