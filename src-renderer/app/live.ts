import type { QueryClient } from '@tanstack/react-query'
import { create } from 'zustand'
import type { Job } from '#shared/domain/job'
import { api, client } from './api'

interface LiveJobs {
  jobs: ReadonlyMap<number, Job>
  /** False while the app's own server does not answer. */
  connected: boolean
}

/** Jobs as last heard of since the window was opened; for those that ended before, ask `jobs.get`. */
export const useLiveJobs = create<LiveJobs>(() => ({ jobs: new Map(), connected: true }))

const ended = (job: Job) => job.state !== 'running' && job.state !== 'waiting'

const wait = (milliseconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })

/** Keeps a stream of events open until the signal ends it, reconnecting with growing pauses. */
async function follow<T>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  heard: (event: T) => void,
  signal: AbortSignal,
) {
  let pause = 250
  while (!signal.aborted) {
    try {
      for await (const event of await open(signal)) {
        pause = 250
        heard(event)
      }
    } catch {
      if (!signal.aborted) useLiveJobs.setState({ connected: false })
    }
    await wait(pause, signal)
    pause = Math.min(pause * 2, 8_000)
  }
}

function heardJob(queries: QueryClient, job: Job) {
  const { jobs } = useLiveJobs.getState()
  const before = jobs.get(job.id)
  useLiveJobs.setState({ jobs: new Map(jobs).set(job.id, job), connected: true })
  queries.setQueryData(api.jobs.get.queryKey({ input: { jobId: job.id } }), job)
  if (before?.state === job.state) return
  void queries.invalidateQueries({ queryKey: api.jobs.list.key() })
  if (ended(job)) void queries.invalidateQueries({ queryKey: api.jobs.items.key() })
  if (ended(job) && job.kind === 'teach') void queries.invalidateQueries({ queryKey: api.models.key() })
}

function heardChange(queries: QueryClient) {
  useLiveJobs.setState({ connected: true })
  void queries.invalidateQueries({ queryKey: api.library.key() })
  void queries.invalidateQueries({ queryKey: api.review.key() })
  void queries.invalidateQueries({ queryKey: api.scoring.results.key() })
}

/** At once, then at most every `milliseconds`, never losing the last call. */
function throttled(act: () => void, milliseconds: number) {
  let due: ReturnType<typeof setTimeout> | null = null
  let last = Number.NEGATIVE_INFINITY
  return () => {
    if (due) return
    const rest = Math.max(0, last + milliseconds - performance.now())
    due = setTimeout(() => {
      due = null
      last = performance.now()
      act()
    }, rest)
  }
}

function connect(queries: QueryClient, signal: AbortSignal, fresh: boolean) {
  const changed = throttled(() => heardChange(queries), 1_000)
  let revision: number | null = fresh ? null : -1
  void follow(
    (inner) => client.jobs.watch({}, { signal: inner }),
    (job) => heardJob(queries, job),
    signal,
  )
  void follow(
    (inner) => client.library.changes(undefined, { signal: inner }),
    (event) => {
      useLiveJobs.setState({ connected: true })
      if (revision !== null && revision !== event.revision) changed()
      revision = event.revision
    },
    signal,
  )
}

/**
 * Follows jobs and library changes for as long as the page is visible: a browser allows six connections to one
 * host over all tabs, and a hidden tab must not hold two of them.
 */
export function followLive(queries: QueryClient): () => void {
  let current = new AbortController()
  connect(queries, current.signal, true)
  const visible = () => {
    current.abort()
    if (document.hidden) return
    current = new AbortController()
    connect(queries, current.signal, false)
    void queries.invalidateQueries({ queryKey: api.jobs.key() })
  }
  document.addEventListener('visibilitychange', visible)
  return () => {
    document.removeEventListener('visibilitychange', visible)
    current.abort()
  }
}
