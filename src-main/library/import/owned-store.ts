import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { copyFile, link, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32 } from 'node:zlib'
import { LeptonError } from '#shared/domain/fault'

export interface OwnedFile {
  path: string
  sha256: string
  sizeBytes: number
}

/** The library's own files, kept by content under `<data>/files/<2 hex>/<sha256>`. */
export class OwnedStore {
  readonly folder: string

  constructor(dataFolder: string) {
    this.folder = join(dataFolder, 'files')
  }

  /**
   * Writes a member of an archive down; a file of the same content is there once.
   * @param open gives the content; called when all is ready for it, as a stream that fails unheard ends the process.
   * @throws ARCHIVE_INVALID if its CRC-32 is another.
   */
  async keep(open: () => Promise<Readable>, crc: number): Promise<OwnedFile> {
    const incoming = join(this.folder, 'incoming', randomUUID())
    await mkdir(dirname(incoming), { recursive: true })
    try {
      const digest = new Digest()
      await pipeline(await open(), digest, createWriteStream(incoming, { flags: 'wx' }))
      if (digest.crc32 !== crc) throw new LeptonError('ARCHIVE_INVALID', checksumDetails)
      const path = await this.#placeFor(digest.sha256)
      await rename(incoming, path)
      return { path, sha256: digest.sha256, sizeBytes: digest.sizeBytes }
    } catch (error) {
      await rm(incoming, { force: true })
      throw error
    }
  }

  /** Keeps a file that stays where it is until its owner deletes it; no bytes are copied on one volume. */
  async keepFile(source: string): Promise<OwnedFile> {
    const digest = new Digest()
    await pipeline(createReadStream(source), digest.resume())
    const path = await this.#placeFor(digest.sha256)
    await link(source, path).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') await copyFile(source, path)
    })
    return { path, sha256: digest.sha256, sizeBytes: digest.sizeBytes }
  }

  /** Deletes a file of the store; anything outside it is left alone. */
  async discard(path: string): Promise<void> {
    if (path.startsWith(this.folder + sep)) await rm(path, { force: true })
  }

  async #placeFor(sha256: string): Promise<string> {
    const path = join(this.folder, sha256.slice(0, 2), sha256)
    await mkdir(dirname(path), { recursive: true })
    return path
  }
}

const checksumDetails = {
  expected: 'contents of the checksum the archive gives',
  received: 'other contents',
  remedy: 'Get the archive again.',
}

/** Passes bytes on and tells their number, SHA-256 and CRC-32. */
class Digest extends Transform {
  sizeBytes = 0
  crc32 = 0
  readonly #hash = createHash('sha256')

  get sha256(): string {
    return this.#hash.copy().digest('hex')
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    this.sizeBytes += chunk.length
    this.crc32 = crc32(chunk, this.crc32)
    this.#hash.update(chunk)
    done(null, chunk)
  }
}
