import type { Fault } from '#shared/domain/fault'
import type { Job, JobKind } from '#shared/domain/job'

/** What a running job is given. */
export interface JobContext {
  jobId: number
  request: unknown
  /** Aborted when the person pauses or cancels, or the app closes; the runner then returns soon. */
  signal: AbortSignal
  /** Absolute counts so far; absent fields stay. Written to disk and shown at most a few times a second. */
  progress(counts: { total?: number; done?: number; skipped?: number; failed?: number }): void
}

/** Does a job's work from wherever it stands; called again when it is resumed. */
export type JobRunner = (context: JobContext) => Promise<void>

export interface NewJob {
  kind: JobKind
  title: string
  /** JSON; handed to the runner. */
  request: unknown
  fingerprint: string
}

export interface Jobs {
  register(kind: JobKind, runner: JobRunner): void
  /** Writes the job down and starts it; jobs of one kind run one after the other. */
  start(job: NewJob): number
  get(jobId: number): Job
  list(options: { kind?: JobKind | undefined; offset: number; limit: number }): {
    total: number
    items: Job[]
  }
  pause(jobId: number): Job
  resume(jobId: number): Job
  cancel(jobId: number): Job
  /** The newest job of this fingerprint, whatever became of it. */
  findNewest(fingerprint: string): Job | null
  /** Resolves when the job is done, cancelled, failed or paused. */
  settled(jobId: number): Promise<Job>
  /** Snapshots as `jobs.watch` of the contract promises. */
  watch(jobId: number | undefined, signal?: AbortSignal): AsyncIterable<Job>
  /** Ends the whole job with this reason. */
  fail(jobId: number, fault: Fault): void
  /** Interrupts what runs, so that it can be resumed after the next start. */
  close(): Promise<void>
}
