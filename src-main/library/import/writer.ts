import { rm } from 'node:fs/promises'
import { type Database, withoutWaitingForDisk } from '#main/database/open'
import type { Candidate } from './candidate'
import { unlessDiskFull } from './faults'
import type { FileOutcome } from './known-files'
import { Likenesses } from './likeness'
import type { OwnedStore } from './owned-store'
import { type ReadFile, Recorder, type RecorderOptions } from './recorder'
import type { SettlePace } from './settle-pace'
import type { Tally } from './tally'
import { accessFault } from './walk'

const writeAtOnce = 256

interface Entry {
  file: ReadFile
  candidate: Candidate
}

/** Collects the files that were read, writes them in bundles, and deletes files of our own that came to nothing. */
export class Writer {
  readonly #database
  readonly #store
  readonly #recorder
  readonly #likenesses
  readonly #tally
  readonly #pace
  #read: Entry[] = []

  constructor(
    { database, store }: { database: Database; store: OwnedStore },
    options: RecorderOptions,
    tally: Tally,
    pace: SettlePace,
  ) {
    this.#database = database
    this.#store = store
    this.#recorder = new Recorder(database, options)
    this.#likenesses = new Likenesses(database)
    this.#tally = tally
    this.#pace = pace
  }

  add(file: ReadFile, candidate: Candidate): void {
    this.#read.push({ file, candidate })
  }

  async flushIfFull(): Promise<void> {
    if (this.#read.length >= writeAtOnce) await this.flush()
  }

  /** Writes what was read in one transaction, then one by one the files whose bytes had to be compared. */
  async flush(): Promise<void> {
    const read = this.#read
    this.#read = []
    const outcomes: (FileOutcome | null)[] = []
    this.write((recorder) => {
      for (const { file } of read) outcomes.push(recorder.record(file))
    })
    for (const [index, { file, candidate }] of read.entries()) {
      const outcome = outcomes[index] ?? (await this.#recordCompared(file))
      this.#tally.add(outcome)
      if (candidate.owned && outcome !== 'image') await this.discardUnused(candidate.path)
      if (candidate.upload) await rm(candidate.upload, { force: true })
    }
    for (const path of this.#recorder.takeFreed()) await this.discardUnused(path)
    await this.#pace.maybe()
  }

  /** Does some writing in one transaction. @throws DISK_FULL */
  write(work: (recorder: Recorder) => void): void {
    const transaction = this.#database.transaction(() => {
      this.#recorder.begin()
      work(this.#recorder)
    })
    try {
      withoutWaitingForDisk(this.#database, () => transaction.immediate())
    } catch (error) {
      throw unlessDiskFull(error)
    }
  }

  async discardUnused(path: string): Promise<void> {
    const used = this.#database.prepare('SELECT 1 FROM instances WHERE path = ?').get(path)
    if (!used) await this.#store.discard(path)
  }

  /** Another process may write meanwhile: then the file is compared once more. */
  async #recordCompared(read: ReadFile): Promise<FileOutcome> {
    let outcome: FileOutcome | null = null
    for (let file = read; outcome === null; ) {
      file = await this.#compared(file)
      this.write((recorder) => {
        outcome = recorder.record(file)
      })
    }
    return outcome
  }

  async #compared(file: ReadFile): Promise<ReadFile> {
    if (!('header' in file.content)) return file
    try {
      return await this.#likenesses.compared(file, file.content.header)
    } catch (error) {
      return { ...file, content: { fault: accessFault(file.path, error).toFault() } }
    }
  }
}
