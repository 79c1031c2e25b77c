import { createWriteStream } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import yauzl, { type Entry } from 'yauzl'
import { makeFolder } from '#main/make-folder'
import { LeptonError } from '#shared/domain/fault'
import { isClutter, packageLimits } from '../check/files'
import { checkRoom } from './staging'

/** Weights hardly shrink; a small archive of a huge content is none. */
const MOST_RATIO = 150
const RATIO_FROM_BYTES = 16 * 2 ** 20
const LINK_MODE = 0o120000

/**
 * Unpacks a ZIP archive of a package into an empty folder, after its directory was looked at as a whole.
 * @throws ARCHIVE_INVALID, ARCHIVE_ENCRYPTED, ARCHIVE_UNSAFE for names that climb out, links and contents out of
 * proportion, DISK_FULL
 */
export async function unpack(archive: string, folder: string): Promise<void> {
  const zip = await yauzl.openPromise(archive, { autoClose: false }).catch(refuse)
  try {
    if (zip.entryCount > 2 * packageLimits.files) {
      throw unsafe(`at most ${packageLimits.files} files`, `${zip.entryCount} members`)
    }
    const entries: Entry[] = []
    for await (const entry of zip.eachEntry()) if (isWanted(entry)) entries.push(entry)
    checkEntries(entries, zip.fileSize)
    await checkRoom(folder, sum(entries, 'uncompressedSize'))
    for (const entry of entries) {
      const path = join(folder, entry.fileName)
      await makeFolder(dirname(path))
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path, { flags: 'wx' }))
    }
  } catch (error) {
    refuse(error)
  } finally {
    zip.close()
  }
}

function checkEntries(entries: readonly Entry[], archiveBytes: number): void {
  for (const entry of entries) {
    if (entry.isEncrypted()) throw new LeptonError('ARCHIVE_ENCRYPTED', { received: entry.fileName })
    if (((entry.externalFileAttributes >>> 16) & 0o170000) === LINK_MODE) {
      throw unsafe('ordinary files', `${entry.fileName}, which is a link`)
    }
  }
  const bytes = sum(entries, 'uncompressedSize')
  if (entries.length > packageLimits.files) {
    throw unsafe(`at most ${packageLimits.files} files`, String(entries.length))
  }
  if (sum(entries, 'compressedSize') > archiveBytes)
    throw unsafe('members that do not overlap', 'overlapping members')
  if (bytes > packageLimits.bytes)
    throw unsafe(`at most ${packageLimits.bytes} bytes of contents`, `${bytes}`)
  if (bytes > RATIO_FROM_BYTES && bytes > MOST_RATIO * archiveBytes) {
    throw unsafe('contents in proportion to the archive', `${bytes} bytes from ${archiveBytes}`)
  }
}

const isWanted = ({ fileName }: Entry) => !fileName.endsWith('/') && !fileName.split('/').some(isClutter)

const sum = (entries: readonly Entry[], key: 'compressedSize' | 'uncompressedSize') =>
  entries.reduce((total, entry) => total + entry[key], 0)

/** yauzl's own refusals as faults; a name that climbs out of the archive is one of them. */
function refuse(error: unknown): never {
  if (error instanceof LeptonError) throw error
  const received = error instanceof Error ? error.message : String(error)
  if (/invalid (relative path|characters in fileName)|absolute path/.test(received)) {
    throw unsafe('member names below the archive', received)
  }
  throw new LeptonError('ARCHIVE_INVALID', { received, remedy: 'Get the package again.', cause: error })
}

const unsafe = (expected: string, received: string) =>
  new LeptonError('ARCHIVE_UNSAFE', {
    expected,
    received,
    remedy: 'Get the package from a source you trust.',
  })
