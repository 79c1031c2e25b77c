import type { ImportCounts } from '../types'
import type { FileOutcome } from './known-files'

/** Counts what became of the files of one import and passes the counts on. */
export class Tally {
  readonly counts: ImportCounts = { total: 0, done: 0, skipped: 0, failed: 0 }
  readonly #progress: (counts: ImportCounts) => void

  constructor(progress: (counts: ImportCounts) => void = () => {}) {
    this.#progress = progress
  }

  add(outcome: FileOutcome): void {
    if (outcome === 'image') this.counts.done += 1
    else if (outcome === 'unreadable') this.counts.failed += 1
    else this.counts.skipped += 1
    this.#progress(this.counts)
  }

  /** Sets the number of files: counted ahead, or without a number all that ended. */
  total(counted?: number): void {
    const { done, skipped, failed } = this.counts
    this.counts.total = counted ?? done + skipped + failed
    this.#progress(this.counts)
  }
}
