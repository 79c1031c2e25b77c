import type { Database } from '#main/database/open'
import { type Fault, faultOf, LeptonError } from '#shared/domain/fault'
import type { Job, JobKind, JobState } from '#shared/domain/job'
import { ActiveJob } from './active-job'
import { JobStore } from './store'
import type { JobRunner, Jobs, NewJob } from './types'
import { Watchers } from './watchers'

const HEARTBEAT_MS = 5_000
/** Longer than a sleeping computer takes to beat again; a job silent for longer lost its process. */
const SILENT_SECONDS = 600

/** States from which a job can be taken up again. */
const RESUMABLE: readonly JobState[] = ['paused', 'interrupted', 'failed', 'cancelled']

/** Long work on the jobs table: one runner of a kind at a time, the others wait in order. */
export function createJobs(database: Database): Jobs {
  return new JobService(database)
}

class JobService implements Jobs {
  readonly #store: JobStore
  readonly #watchers = new Watchers()
  readonly #runners = new Map<JobKind, JobRunner>()
  readonly #active = new Map<JobKind, ActiveJob>()
  readonly #queue: { kind: JobKind; jobId: number }[] = []
  readonly #heartbeat: NodeJS.Timeout
  #closing = false

  constructor(database: Database) {
    this.#store = new JobStore(database)
    this.#store.interruptOrphans(SILENT_SECONDS)
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS).unref()
  }

  register(kind: JobKind, runner: JobRunner): void {
    this.#runners.set(kind, runner)
  }

  start(job: NewJob): number {
    const jobId = this.#store.insert(job)
    this.#enqueue(job.kind, jobId)
    return jobId
  }

  get(jobId: number): Job {
    return this.#activeOf(jobId)?.snapshot() ?? this.#store.get(jobId)
  }

  list(options: { kind?: JobKind | undefined; offset: number; limit: number }) {
    const { total, items } = this.#store.list(options.kind, options.offset, options.limit)
    return { total, items: items.map((job) => this.#activeOf(job.id)?.snapshot() ?? job) }
  }

  pause(jobId: number): Job {
    return this.#stop(jobId, 'paused', ['waiting', 'running'])
  }

  cancel(jobId: number): Job {
    return this.#stop(jobId, 'cancelled', ['waiting', 'running', 'paused', 'interrupted', 'failed'])
  }

  resume(jobId: number): Job {
    const job = this.#store.get(jobId)
    if (!this.#store.move(jobId, RESUMABLE, 'waiting')) throw wrongState(job, 'resumed', RESUMABLE)
    this.#enqueue(job.kind, jobId)
    return this.get(jobId)
  }

  findNewest(fingerprint: string): Job | null {
    return this.#store.newest(fingerprint)
  }

  async settled(jobId: number): Promise<Job> {
    const controller = new AbortController()
    for await (const job of this.watch(jobId, controller.signal)) {
      if (job.state === 'waiting' || job.state === 'running') continue
      await this.#activeOf(jobId)?.ended
      break
    }
    return this.get(jobId)
  }

  watch(jobId: number | undefined, signal?: AbortSignal): AsyncIterable<Job> {
    const first = jobId === undefined ? this.#store.open().map((job) => this.get(job.id)) : [this.get(jobId)]
    return this.#watchers.watch(jobId, first, signal)
  }

  fail(jobId: number, fault: Fault): void {
    this.#stop(jobId, 'failed', ['waiting', 'running', 'paused', 'interrupted'], fault)
  }

  async close(): Promise<void> {
    if (this.#closing) return
    this.#closing = true
    clearInterval(this.#heartbeat)
    const active = [...this.#active.values()]
    for (const { jobId } of this.#queue.splice(0)) this.#store.move(jobId, ['waiting'], 'interrupted')
    for (const job of active) if (!job.wish) this.#stop(job.jobId, 'interrupted', ['running'])
    await Promise.all(active.map((job) => job.ended))
    this.#watchers.close()
  }

  #enqueue(kind: JobKind, jobId: number): void {
    this.#queue.push({ kind, jobId })
    this.#tell(jobId)
    this.#pump()
  }

  #pump(): void {
    if (this.#closing) return
    for (const [place, { kind, jobId }] of this.#queue.entries()) {
      const runner = this.#runners.get(kind)
      if (!runner || this.#active.has(kind)) continue
      this.#queue.splice(place, 1)
      if (this.#store.move(jobId, ['waiting'], 'running')) void this.#run(kind, jobId, runner)
      this.#pump()
      return
    }
  }

  async #run(kind: JobKind, jobId: number, runner: JobRunner): Promise<void> {
    const active = new ActiveJob(this.#store, jobId, () => this.#tell(jobId))
    this.#active.set(kind, active)
    this.#tell(jobId)
    let fault: Fault | null = null
    try {
      await runner({
        jobId,
        request: this.#store.request(jobId),
        signal: active.controller.signal,
        progress: (counts) => active.progress(counts),
      })
    } catch (error) {
      if (!active.wish) fault = faultOf(error)
      if (fault?.code === 'INTERNAL') console.error(error)
    }
    if (!active.wish) this.#store.move(jobId, ['running'], fault ? 'failed' : 'done', fault)
    active.flush()
    this.#active.delete(kind)
    active.end()
    this.#tell(jobId)
    this.#pump()
  }

  /** Moves a job to `to` and aborts its runner, if it has one; the runner's return then changes nothing. */
  #stop(jobId: number, to: JobState, from: readonly JobState[], fault: Fault | null = null): Job {
    const job = this.#store.get(jobId)
    const mine = this.#activeOf(jobId) ?? this.#queue.find((waiting) => waiting.jobId === jobId)
    const elsewhere = !mine && (job.state === 'running' || job.state === 'waiting')
    if (elsewhere || !this.#store.move(jobId, from, to, fault)) throw wrongState(job, to, from)
    const place = this.#queue.findIndex((waiting) => waiting.jobId === jobId)
    if (place >= 0) this.#queue.splice(place, 1)
    const active = this.#activeOf(jobId)
    if (active) {
      active.wish = to
      active.controller.abort(new LeptonError('CANCELLED'))
    }
    this.#tell(jobId)
    return this.get(jobId)
  }

  #activeOf(jobId: number): ActiveJob | undefined {
    return [...this.#active.values()].find((job) => job.jobId === jobId)
  }

  #beat(): void {
    for (const job of this.#active.values()) this.#store.record(job.jobId, {})
    for (const { jobId } of this.#queue) this.#store.record(jobId, {})
  }

  #tell(jobId: number): void {
    this.#watchers.tell(this.get(jobId))
  }
}

function wrongState(job: Job, wanted: string, from: readonly JobState[]): LeptonError {
  return new LeptonError('JOB_STATE', {
    expected: `a job of this process that is ${from.join(', ')}`,
    received: `job ${job.id}, which is ${job.state}`,
    remedy: `It cannot be ${wanted} now.`,
  })
}
