import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { LeptonError } from '#shared/domain/fault'

/** Takes bytes one after the other. */
export interface Sink {
  write(bytes: Uint8Array): void
}

/** Writes a new file; one that `work` could not finish is deleted again. Throws OUTPUT_UNWRITABLE, DISK_FULL. */
export async function writingTo<T>(path: string, work: (sink: Sink) => Promise<T>): Promise<T> {
  // what an engine left that ended on it
  rmSync(path, { force: true })
  const descriptor = opened(path)
  try {
    const result = await work({ write: (bytes) => writeAll(descriptor, bytes, path) })
    closeSync(descriptor)
    return result
  } catch (error) {
    closeSync(descriptor)
    rmSync(path, { force: true })
    throw error
  }
}

function opened(path: string): number {
  try {
    return openSync(path, 'wx', 0o644)
  } catch (cause) {
    throw unwritable(path, cause)
  }
}

function writeAll(descriptor: number, bytes: Uint8Array, path: string): void {
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
  } catch (cause) {
    throw unwritable(path, cause)
  }
}

function unwritable(path: string, cause: unknown): LeptonError {
  const full = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC'
  return new LeptonError(full ? 'DISK_FULL' : 'OUTPUT_UNWRITABLE', {
    expected: 'a folder that can be written',
    received: path,
    remedy: full ? 'Make room, or choose another folder.' : 'Choose another folder.',
    cause,
  })
}
