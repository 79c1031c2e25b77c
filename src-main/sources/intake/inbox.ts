import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Library } from '#main/library/types'
import { Spool } from '../transfer/spool'

/** A sender that is silent for this long has sent what belongs together. */
const QUIET_MS = 3_000
const MOST_IN_BATCH = 2_000

interface Batch {
  folder: string
  spool: Spool
  count: number
  /** Objects being written now. */
  writing: number
  closed: boolean
  timer: NodeJS.Timeout | null
}

/**
 * Objects that arrive by themselves, in a batch for each sender: once it is silent, the batch is handed to the
 * library. What a killed app left behind is handed over at the next start.
 */
export class Inbox {
  readonly #folder: string
  readonly #library: Pick<Library, 'importUpload'>
  readonly #imported: (jobId: number) => void
  readonly #quietMs: number
  readonly #batches = new Map<string, Batch>()

  constructor(options: {
    folder: string
    library: Pick<Library, 'importUpload'>
    imported: (jobId: number) => void
    quietMs?: number
  }) {
    this.#folder = options.folder
    this.#library = options.library
    this.#imported = options.imported
    this.#quietMs = options.quietMs ?? QUIET_MS
  }

  /** Hands over what an earlier run left. */
  async recover(): Promise<void> {
    for (const name of await readdir(this.#folder).catch(() => [])) {
      if (belongsToAnother(name)) continue
      const folder = join(this.#folder, name)
      const [sender] = await readdir(folder).catch(() => [])
      if (sender) this.#imported(this.#library.importUpload(sender, folder).jobId)
    }
  }

  /** Runs `write` with the spool of a sender's batch. */
  async receive<T>(sender: string, write: (spool: Spool) => Promise<T>): Promise<T> {
    const batch = this.#batchOf(sender)
    batch.writing += 1
    try {
      return await write(batch.spool)
    } finally {
      batch.writing -= 1
      batch.count += 1
      if (batch.closed || batch.count >= MOST_IN_BATCH) this.#close(sender, batch)
      else {
        if (batch.timer) clearTimeout(batch.timer)
        batch.timer = setTimeout(() => this.#close(sender, batch), this.#quietMs)
      }
    }
  }

  /** Hands over what has arrived so far. */
  flush(): void {
    for (const [sender, batch] of this.#batches) this.#close(sender, batch)
  }

  #batchOf(sender: string): Batch {
    const known = this.#batches.get(sender)
    if (known) return known
    const folder = join(this.#folder, `${process.pid}-${randomUUID()}`)
    const spool = new Spool(join(folder, folderName(sender)))
    const batch: Batch = { folder, spool, count: 0, writing: 0, closed: false, timer: null }
    this.#batches.set(sender, batch)
    return batch
  }

  #close(sender: string, batch: Batch): void {
    if (batch.timer) clearTimeout(batch.timer)
    batch.closed = true
    if (this.#batches.get(sender) === batch) this.#batches.delete(sender)
    if (batch.writing > 0) return
    this.#imported(this.#library.importUpload(sender, batch.folder).jobId)
  }
}

const folderName = (sender: string) => sender.replace(/[^\w-]+/g, '_') || 'unknown'

/** Whether a batch is being filled by another process over the same library. */
function belongsToAnother(name: string): boolean {
  const pid = Number.parseInt(name, 10)
  if (!(pid > 0) || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
