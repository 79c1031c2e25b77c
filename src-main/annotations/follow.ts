import type { AnnotationChanges } from '#shared/contract/annotations'
import type { AnnotationStore } from './store'

interface Row {
  serial: number
  annotation_id: string
  reader: string
}

/** How soon changes by another process that shares the library are seen. */
const lookAgainMs = 500
const mostAtOnce = 500

/** Tells whoever watches a study what changed in it. */
export class Followers {
  readonly #store: AnnotationStore
  readonly #since
  readonly #waiting = new Set<() => void>()

  constructor(store: AnnotationStore) {
    this.#store = store
    this.#since = store.database.prepare<[number, number, number], Row>(
      `SELECT serial, annotation_id, reader FROM annotation_versions v JOIN annotation_actions a ON a.sequence = v.action
       WHERE v.study_id = ? AND serial > ? ORDER BY serial LIMIT ?`,
    )
  }

  /** Wakes every watcher: something was written. */
  tell(): void {
    for (const wake of [...this.#waiting]) wake()
  }

  async *watch(studyId: number, serial: number, signal?: AbortSignal): AsyncGenerator<AnnotationChanges> {
    let told = serial
    while (!signal?.aborted && this.#store.database.open) {
      const changes = this.#changes(studyId, told)
      if (changes) {
        told = changes.serial
        yield changes
      } else {
        await this.#pause(signal)
      }
    }
  }

  #changes(studyId: number, after: number): AnnotationChanges | null {
    const rows = this.#since.all(studyId, after, mostAtOnce)
    const last = rows.at(-1)
    if (!last) return null
    const ids = [...new Set(rows.map((row) => row.annotation_id))]
    const annotations = this.#store.findAll(ids)
    const there = new Set(annotations.map(({ id }) => id))
    return {
      serial: last.serial,
      annotations,
      removed: ids.filter((id) => !there.has(id)),
      readers: [...new Set(rows.map(({ reader }) => reader))],
    }
  }

  #pause(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', wake)
        this.#waiting.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, lookAgainMs).unref()
      signal?.addEventListener('abort', wake)
      this.#waiting.add(wake)
    })
  }
}
