import type { Job, JobState } from '#shared/domain/job'
import { Pace } from './pace'
import type { Counts, JobStore } from './store'

const FLUSH_MS = 250

/** A job while its runner is at work: the way to stop it, its newest counts and its pace. */
export class ActiveJob {
  readonly jobId: number
  readonly controller = new AbortController()
  /** The state a person or the closing app gave it; the runner's own end then says nothing. */
  wish: JobState | null = null
  /** Resolves when the runner has returned. */
  readonly ended: Promise<void>
  end: () => void = () => {}
  readonly #store: JobStore
  readonly #changed: () => void
  readonly #pace = new Pace()
  #counts: Counts = {}
  #timer: NodeJS.Timeout | null = null

  constructor(store: JobStore, jobId: number, changed: () => void) {
    this.#store = store
    this.jobId = jobId
    this.#changed = changed
    this.ended = new Promise((resolve) => {
      this.end = resolve
    })
  }

  /** Takes in absolute counts; written down and shown at most four times a second. */
  progress(counts: Counts): void {
    Object.assign(this.#counts, counts)
    if (counts.done !== undefined || counts.failed !== undefined) this.#pace.note(this.#ended())
    this.#timer ??= setTimeout(() => this.flush(), FLUSH_MS)
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#store.record(this.jobId, this.#counts)
    this.#changed()
  }

  /** The job with its newest counts, rate and remaining time. */
  snapshot(): Job {
    const stored = this.#store.get(this.jobId)
    const job = { ...stored, ...this.#counts }
    const rate = stored.state === 'running' ? this.#pace.rate() : null
    const left = job.total === null ? null : Math.max(0, job.total - job.done - job.skipped - job.failed)
    return { ...job, rate, remainingSeconds: rate && left !== null ? left / rate : null }
  }

  #ended(): number {
    return (this.#counts.done ?? 0) + (this.#counts.failed ?? 0)
  }
}
