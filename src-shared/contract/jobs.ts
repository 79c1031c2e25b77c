import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { job, jobItem, jobItemState, jobKind } from '../domain/job'
import { page, procedure } from './base'

const one = z.object({ jobId: z.number().int() })

export const jobsContract = {
  list: procedure
    .route({ method: 'GET', path: '/jobs' })
    .input(page.extend({ kind: jobKind.optional() }))
    .output(z.object({ total: z.number().int(), items: z.array(job) })),
  get: procedure.route({ method: 'GET', path: '/jobs/{jobId}' }).input(one).output(job),
  items: procedure
    .route({ method: 'GET', path: '/jobs/{jobId}/items' })
    .input(page.extend({ jobId: z.number().int(), state: jobItemState.optional() }))
    .output(z.object({ total: z.number().int(), items: z.array(jobItem) })),
  pause: procedure.route({ method: 'POST', path: '/jobs/{jobId}/pause' }).input(one).output(job),
  resume: procedure.route({ method: 'POST', path: '/jobs/{jobId}/resume' }).input(one).output(job),
  cancel: procedure.route({ method: 'POST', path: '/jobs/{jobId}/cancel' }).input(one).output(job),
  /** Snapshots of a job, or of every job, at most four a second each, from now on; first those that are not ended. */
  watch: procedure.input(z.object({ jobId: z.number().int().optional() })).output(eventIterator(job)),
}
