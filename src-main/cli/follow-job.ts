import type { Jobs } from '#main/jobs/types'
import type { Job } from '#shared/domain/job'
import { onInterrupt } from './interrupt'
import type { Progress } from './progress'

/** Shows a job's progress until it has settled; Ctrl-C pauses it, so that it can be resumed. */
export async function followJob(jobs: Jobs, jobId: number, progress: Progress): Promise<Job> {
  const watching = new AbortController()
  const stopListening = onInterrupt(() => jobs.pause(jobId))
  const showing = (async () => {
    for await (const job of jobs.watch(jobId, watching.signal)) progress.show(job)
  })()
  try {
    return await jobs.settled(jobId)
  } finally {
    stopListening()
    watching.abort()
    await showing
    progress.end()
  }
}
