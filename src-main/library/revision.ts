import { setTimeout as wait } from 'node:timers/promises'
import type { Database } from '#main/database/open'

const pauseMs = 300

/** Tells listeners that lists should be asked for again, by this process or another one that shares the library. */
export class Revision {
  readonly #database: Database
  #revision = 1
  #dataVersion: unknown

  constructor(database: Database) {
    this.#database = database
    this.#dataVersion = this.#readDataVersion()
  }

  /** Changes whenever the library may have changed. */
  current(): number {
    this.#noticeOthers()
    return this.#revision
  }

  bump(): void {
    this.#revision += 1
  }

  /** The revision at once, then whenever it changed, at most about three times a second. */
  async *changes(signal?: AbortSignal): AsyncGenerator<{ revision: number }> {
    let told = 0
    while (!signal?.aborted && this.#database.open) {
      if (told !== this.current()) {
        told = this.#revision
        yield { revision: told }
      }
      await wait(pauseMs, undefined, { signal, ref: false }).catch(() => {})
    }
  }

  /** `data_version` moves when another connection has committed. */
  #noticeOthers(): void {
    const version = this.#readDataVersion()
    if (version !== this.#dataVersion) this.#revision += 1
    this.#dataVersion = version
  }

  #readDataVersion(): unknown {
    return this.#database.pragma('data_version', { simple: true })
  }
}
