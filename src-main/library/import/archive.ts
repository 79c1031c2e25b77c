import { open, statfs } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import yauzl from 'yauzl'
import { LeptonError } from '#shared/domain/fault'
import { isClutter } from './clutter'

/** Bounds that no honest archive of pictures meets; blank slices alone reach high ratios, whole studies do not. */
const limits = {
  members: 200_000,
  bytes: 256 * 2 ** 30,
  ratio: 150,
  ratioFromBytes: 512 * 2 ** 20,
  reserve: 2 ** 30,
}

export interface ArchiveMember {
  name: string
  sizeBytes: number
  crc32: number
  /** @throws ARCHIVE_INVALID if the bytes do not match the directory. */
  readonly open: () => Promise<Readable>
}

/** Whether a file begins as a ZIP archive does. */
export async function beginsAsArchive(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => null)
  if (!file) return false
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return bytesRead === 4 && ['504b0304', '504b0506'].includes(buffer.toString('hex'))
  } finally {
    await file.close()
  }
}

/**
 * Members of a ZIP archive that may be pictures, after its central directory was checked as a whole.
 * @param workFolder folder on the volume that the members will be written to.
 * @throws ARCHIVE_INVALID, ARCHIVE_ENCRYPTED, or ARCHIVE_UNSAFE for names that climb out, overlapping members,
 * and contents out of proportion; DISK_FULL where the contents would not fit.
 */
export async function* readArchive(path: string, workFolder: string): AsyncGenerator<ArchiveMember> {
  await inspect(path, workFolder)
  const zip = await yauzl.openPromise(path, { autoClose: false }).catch(refuse)
  try {
    for await (const entry of zip.eachEntry()) {
      if (!mayBePicture(entry.fileName)) continue
      yield {
        name: entry.fileName,
        sizeBytes: entry.uncompressedSize,
        crc32: entry.crc32,
        open: () => zip.openReadStreamPromise(entry).catch(refuse),
      }
    }
  } finally {
    zip.close()
  }
}

/** Number of members that may be pictures; checks the whole directory first. */
export async function inspect(path: string, workFolder: string): Promise<number> {
  const zip = await yauzl.openPromise(path, { autoClose: false }).catch(refuse)
  let count = 0
  let bytes = 0
  let packed = 0
  try {
    if (zip.entryCount > limits.members) throw unsafe('at most 200,000 members', `${zip.entryCount}`)
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw encrypted(entry.fileName)
      bytes += entry.uncompressedSize
      packed += entry.compressedSize
      if (mayBePicture(entry.fileName)) count += 1
    }
  } catch (error) {
    refuse(error)
  } finally {
    zip.close()
  }
  if (packed > zip.fileSize) throw unsafe('members that do not overlap', 'overlapping members')
  if (bytes > limits.bytes) throw unsafe('at most 256 GB of contents', `${bytes} bytes`)
  if (bytes > limits.ratioFromBytes && bytes > limits.ratio * zip.fileSize) {
    throw unsafe('contents in proportion to the archive', `${bytes} bytes from ${zip.fileSize}`)
  }
  await checkRoom(workFolder, bytes)
  return count
}

async function checkRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bytes + limits.reserve <= bavail * bsize) return
  throw new LeptonError('DISK_FULL', {
    expected: `${Math.ceil(bytes / 2 ** 20) + 1024} MB free for the contents of the archive`,
    received: `${Math.floor((bavail * bsize) / 2 ** 20)} MB`,
    remedy: 'Make room, or unpack the archive on another disk and import the folder.',
  })
}

function mayBePicture(name: string): boolean {
  return !name.endsWith('/') && !name.split('/').some(isClutter)
}

/** yauzl's own refusals as faults; a name that climbs out of the archive is one of them. */
function refuse(error: unknown): never {
  if (error instanceof LeptonError) throw error
  const received = error instanceof Error ? error.message : String(error)
  if (/invalid (relative path|characters in fileName)|absolute path/.test(received)) {
    throw unsafe('member names below the archive', received)
  }
  throw new LeptonError('ARCHIVE_INVALID', {
    received,
    remedy: 'Get the archive again, or unpack it and import the folder.',
    cause: error,
  })
}

const unsafe = (expected: string, received: string) =>
  new LeptonError('ARCHIVE_UNSAFE', {
    expected,
    received,
    remedy: 'If you trust its source, unpack it and import the folder.',
  })

const encrypted = (name: string) =>
  new LeptonError('ARCHIVE_ENCRYPTED', {
    received: name,
    remedy: 'Unpack it with its password and import the folder.',
  })
