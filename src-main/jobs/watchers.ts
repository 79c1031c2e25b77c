import type { Job } from '#shared/domain/job'

interface Watcher {
  jobId: number | undefined
  /** The newest snapshot of each job that was not handed over yet. */
  pending: Map<number, Job>
  wake: () => void
}

/** Hands snapshots of jobs to whoever watches; a slow watcher misses old ones, never the newest. */
export class Watchers {
  readonly #watchers = new Set<Watcher>()
  #closed = false

  tell(job: Job): void {
    for (const watcher of this.#watchers) {
      if (watcher.jobId !== undefined && watcher.jobId !== job.id) continue
      watcher.pending.set(job.id, job)
      watcher.wake()
    }
  }

  /** Snapshots from now on, `first` before all, until the signal is aborted or everything closes. */
  async *watch(jobId: number | undefined, first: readonly Job[], signal?: AbortSignal): AsyncGenerator<Job> {
    const watcher: Watcher = { jobId, pending: new Map(first.map((job) => [job.id, job])), wake: () => {} }
    const wake = () => watcher.wake()
    signal?.addEventListener('abort', wake)
    this.#watchers.add(watcher)
    try {
      while (!signal?.aborted && !this.#closed) {
        const jobs = [...watcher.pending.values()]
        watcher.pending.clear()
        yield* jobs
        if (watcher.pending.size > 0 || signal?.aborted || this.#closed) continue
        await new Promise<void>((resolve) => {
          watcher.wake = resolve
        })
      }
    } finally {
      this.#watchers.delete(watcher)
      signal?.removeEventListener('abort', wake)
    }
  }

  close(): void {
    this.#closed = true
    for (const watcher of this.#watchers) watcher.wake()
  }
}
