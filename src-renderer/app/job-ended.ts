import type { Job, JobState } from '#shared/domain/job'
import { client } from './api'
import { useLiveJobs } from './live'

const ends: readonly JobState[] = ['done', 'cancelled', 'failed', 'interrupted']

/** The job once it has ended, whichever way. */
export async function jobEnded(jobId: number): Promise<Job> {
  const now = await client.jobs.get({ jobId })
  if (ends.includes(now.state)) return now
  return new Promise((resolve) => {
    const stop = useLiveJobs.subscribe(({ jobs }) => {
      const job = jobs.get(jobId)
      if (!job || !ends.includes(job.state)) return
      stop()
      resolve(job)
    })
  })
}
