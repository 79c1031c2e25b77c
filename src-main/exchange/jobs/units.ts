import type { JobContext } from '#main/jobs/types'
import type { Beside, ExportSeries, ExportSet } from '../types'

type End = 'done' | 'skipped' | 'failed'

/** Counts the series that each format has taken in: one unit for each format and series. */
export class Units {
  readonly #ends = new Map<string, End>()
  readonly #progress: JobContext['progress']
  #current = ''

  constructor(progress: JobContext['progress']) {
    this.#progress = progress
  }

  /** A set that counts as it is read; a series begins when the work beside the one before has ended. */
  counted(set: ExportSet, format: string, signal: AbortSignal, beside: Beside): ExportSet {
    const units = this
    return {
      ...set,
      async *series(): AsyncGenerator<ExportSeries> {
        for await (const series of set.series()) {
          await beside.settled()
          signal.throwIfAborted()
          units.#begin(`${format} ${series.identity.seriesId} ${series.images[0]?.identity.imageId ?? 0}`)
          yield series
        }
      },
    }
  }

  /** Notes how the unit under way ends, the worst first. */
  note(end: Exclude<End, 'done'>): void {
    if (this.#current !== '' && this.#ends.get(this.#current) !== 'failed') {
      this.#ends.set(this.#current, end)
    }
    this.#tell()
  }

  /** Everything that a format took in has failed with it. */
  fail(format: string): void {
    this.#ends.set(`${format} `, 'failed')
    for (const unit of this.#ends.keys()) if (unit.startsWith(`${format} `)) this.#ends.set(unit, 'failed')
    this.#tell()
  }

  #begin(unit: string): void {
    this.#current = unit
    if (!this.#ends.has(unit)) this.#ends.set(unit, 'done')
    this.#tell()
  }

  #tell(): void {
    const ends = [...this.#ends.values()]
    const count = (end: End) => ends.filter((one) => one === end).length
    this.#progress({ done: count('done'), skipped: count('skipped'), failed: count('failed') })
  }
}
