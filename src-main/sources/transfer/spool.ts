import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { LeptonError } from '#shared/domain/fault'
import { type FileMeta, LARGEST_META, readMeta } from './part10'

/** An object that arrived and lies in the spool as `<SOP instance>.dcm`. */
export interface SpooledObject extends FileMeta {
  path: string
  sizeBytes: number
}

const LARGEST_OBJECT = 4 * 2 ** 30
/** Kept free on the disk, for the database and the system. */
const RESERVE = 2 ** 30
const CHECK_EVERY = 64 * 2 ** 20

/** A folder in which objects from the network wait for the library. Names on disk are made from checked UIDs only. */
export class Spool {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  /**
   * Writes an object down as it arrives, with bounded memory; a half one leaves nothing behind.
   * @throws DICOM_INVALID, SOURCE_ANSWER_INVALID beyond 4 GB, DISK_FULL
   */
  async write(content: AsyncIterable<Buffer>): Promise<SpooledObject> {
    await mkdir(this.folder, { recursive: true })
    const incoming = join(this.folder, `.${randomUUID()}`)
    const checked = new Checked(content, this.folder)
    try {
      await pipeline(checked.chunks(), createWriteStream(incoming, { flags: 'wx' }))
      const { sopClass, sopInstance, transferSyntax } = readMeta(checked.head)
      const path = this.pathOf(sopInstance)
      await rename(incoming, path)
      return { path, sizeBytes: checked.sizeBytes, sopClass, sopInstance, transferSyntax }
    } catch (error) {
      await rm(incoming, { force: true })
      throw diskFault(error)
    }
  }

  pathOf(sopInstance: string): string {
    return join(this.folder, `${sopInstance}.dcm`)
  }

  /** SOP instances that have arrived whole. */
  async arrived(): Promise<Set<string>> {
    const names = await readdir(this.folder).catch(() => [])
    return new Set(names.filter((name) => /^[\d.]+\.dcm$/.test(name)).map((name) => name.slice(0, -4)))
  }

  async clear(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }
}

/** Passes bytes on, keeps the first of them and stops what is too large for the disk. */
class Checked {
  head: Buffer = Buffer.alloc(0)
  sizeBytes = 0
  readonly #content: AsyncIterable<Buffer>
  readonly #folder: string

  constructor(content: AsyncIterable<Buffer>, folder: string) {
    this.#content = content
    this.#folder = folder
  }

  async *chunks(): AsyncGenerator<Buffer> {
    let checkAt = 0
    for await (const chunk of this.#content) {
      if (this.head.length < LARGEST_META) {
        this.head = Buffer.concat([this.head, chunk.subarray(0, LARGEST_META - this.head.length)])
      }
      this.sizeBytes += chunk.length
      if (this.sizeBytes > LARGEST_OBJECT) {
        throw new LeptonError('SOURCE_ANSWER_INVALID', {
          expected: 'objects of at most 4 GB',
          received: 'a larger one',
        })
      }
      if (this.sizeBytes >= checkAt) {
        await checkRoom(this.#folder)
        checkAt = this.sizeBytes + CHECK_EVERY
      }
      yield chunk
    }
  }
}

async function checkRoom(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < RESERVE) throw diskFull()
}

const diskFull = (cause?: unknown) =>
  new LeptonError('DISK_FULL', { remedy: 'Make room on the disk of the library, then resume.', cause })

const diskFault = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ENOSPC' ? diskFull(error) : error
