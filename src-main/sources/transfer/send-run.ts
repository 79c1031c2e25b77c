import { open } from 'node:fs/promises'
import type { JobContext } from '#main/jobs/types'
import { faultOf, LeptonError } from '#shared/domain/fault'
import type { Archive, OutgoingFile } from '../types'
import { endsTransfer, TransferItems } from './items'
import { isPart10, LARGEST_META, readMeta } from './part10'
import type { TransferDeps } from './types'

const AT_ONCE = 500

/** Sends DICOM files to an archive, each as it is; what is no DICOM file is left out with its reason. */
export class SendRun {
  readonly #archive: Archive
  readonly #context: JobContext
  readonly #items: TransferItems

  constructor({ database }: Pick<TransferDeps, 'database'>, archive: Archive, context: JobContext) {
    this.#archive = archive
    this.#context = context
    this.#items = new TransferItems(database, context.jobId)
  }

  async run(paths: readonly string[]): Promise<void> {
    this.#items.add(paths)
    const waiting = this.#items.open()
    this.#tell()
    for (let from = 0; from < waiting.length; from += AT_ONCE) {
      const files: OutgoingFile[] = []
      for (const path of waiting.slice(from, from + AT_ONCE)) {
        if (this.#context.signal.aborted) return
        const file = await outgoing(path).catch((error: unknown) => this.#refuse(path, error))
        if (file) files.push(file)
      }
      await this.#sendAll(files)
    }
  }

  /** A connection that breaks is opened again for the rest, as long as each one gets something across. */
  async #sendAll(files: readonly OutgoingFile[]): Promise<void> {
    let rest = [...files]
    let failures = 0
    while (rest.length > 0 && !this.#context.signal.aborted) {
      const before = rest.length
      try {
        for await (const { file, fault } of this.#archive.store(rest)) {
          this.#items.settle([{ path: file.path, state: fault ? 'failed' : 'done', fault }])
          rest = rest.filter((other) => other !== file)
          this.#tell()
          if (this.#context.signal.aborted) return
        }
        return
      } catch (error) {
        if (this.#context.signal.aborted) return
        failures = rest.length < before ? 0 : failures + 1
        if (failures < 2) continue
        const [first] = rest
        if (endsTransfer(error) || !first) throw error
        this.#refuse(first.path, error)
        rest = rest.slice(1)
        failures = 0
      }
    }
  }

  #refuse(path: string, error: unknown): null {
    this.#items.settle([{ path, state: 'failed', fault: faultOf(error) }])
    this.#tell()
    return null
  }

  #tell(): void {
    this.#context.progress(this.#items.counts())
  }
}

/** What is to be known of a file before it is sent. @throws FILE_NOT_FOUND, FILE_UNREADABLE, FORMAT_UNKNOWN, DICOM_INVALID */
async function outgoing(path: string): Promise<OutgoingFile> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new LeptonError('FILE_NOT_FOUND', {
      received: path,
      remedy: 'Check the path, or connect the drive.',
      cause,
    })
  })
  try {
    const stats = await file.stat()
    if (!stats.isFile())
      throw new LeptonError('FILE_UNREADABLE', { expected: 'a regular file', received: path })
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LARGEST_META), 0, LARGEST_META, 0)
    const head = buffer.subarray(0, bytesRead)
    if (!isPart10(head)) {
      throw new LeptonError('FORMAT_UNKNOWN', {
        expected: 'a DICOM file with preamble and meta group',
        received: path,
        remedy: 'Only DICOM files can be sent.',
      })
    }
    return { path, sizeBytes: stats.size, ...readMeta(head) }
  } finally {
    await file.close()
  }
}
