import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { LeptonError } from '#shared/domain/fault'

/** Random access to the bytes of a file, from disk or from memory. */
export interface ByteSource {
  readonly size: number
  /** Fresh memory that starts at byte 0 of its buffer; shorter than asked for where the file ends. */
  read(offset: number, length: number): Uint8Array
  /** The first bytes, to look at: of a file in memory they are that memory. */
  head(length: number): Uint8Array
  /** SHA-256 of everything, in hex; computed once. */
  sha256(): string
  close(): void
}

export interface OpenFile {
  source: ByteSource
  modifiedMs: number
}

/** Files up to this size are read at once, larger ones piece by piece. */
const READ_WHOLE = 48 * 2 ** 20
const HASH_CHUNK = 4 * 2 ** 20

/**
 * Opens a file for reading in pieces, or with `whole` at once where it is small enough. Synchronous, for it runs
 * in worker threads. Throws FILE_NOT_FOUND, FILE_UNREADABLE or FILE_EMPTY.
 */
export function openFile(path: string, { whole = false } = {}): OpenFile {
  try {
    const descriptor = openSync(path, 'r')
    try {
      const stat = fstatSync(descriptor)
      if (!stat.isFile()) throw new LeptonError('FILE_UNREADABLE', { expected: 'a file', received: path })
      if (stat.size === 0) throw new LeptonError('FILE_EMPTY', { received: path })
      const inMemory = whole && stat.size <= READ_WHOLE
      const source = inMemory ? memorySource(readFileSync(descriptor)) : fileSource(descriptor, stat.size)
      if (inMemory) closeSync(descriptor)
      return { source, modifiedMs: Math.round(stat.mtimeMs) }
    } catch (error) {
      closeSync(descriptor)
      throw error
    }
  } catch (error) {
    throw fileFault(error, path)
  }
}

/** Bytes that are in memory already. */
export function memorySource(memory: Uint8Array): ByteSource {
  const bytes = new Uint8Array(memory.buffer, memory.byteOffset, memory.length)
  let hash: string | null = null
  return {
    size: bytes.length,
    read: (offset, length) => bytes.slice(offset, offset + length),
    head: (length) => bytes.subarray(0, length),
    sha256: () => {
      hash ??= createHash('sha256').update(bytes).digest('hex')
      return hash
    },
    close: () => {},
  }
}

function fileSource(descriptor: number, size: number): ByteSource {
  const read = (offset: number, length: number) => {
    // not filled with zeros: what the file does not fill is cut off
    const bytes = new Uint8Array(Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, size - offset))).buffer)
    let done = 0
    while (done < bytes.length) {
      const count = readSync(descriptor, bytes, done, bytes.length - done, offset + done)
      if (count === 0) return bytes.slice(0, done)
      done += count
    }
    return bytes
  }
  const hashed = () => {
    const hash = createHash('sha256')
    for (let offset = 0; offset < size; offset += HASH_CHUNK) hash.update(read(offset, HASH_CHUNK))
    return hash.digest('hex')
  }
  let hash: string | null = null
  return {
    size,
    read,
    head: (length) => read(0, length),
    sha256: () => {
      hash ??= hashed()
      return hash
    },
    close: () => closeSync(descriptor),
  }
}

function fileFault(error: unknown, path: string): unknown {
  if (error instanceof LeptonError || !(error instanceof Error)) return error
  const missing = 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
  const details = { received: missing ? path : error.message, cause: error }
  return new LeptonError(missing ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE', details)
}
