import { workerData } from 'node:worker_threads'
import { z } from 'zod'
import { activationOf } from './work/activation'
import { answerGolden } from './work/answers'
import type { SessionJobs } from './work/jobs'
import { occlude } from './work/occlude'
import { runBatch } from './work/run-batch'
import { type Handed, type JobOf, serve } from './work/serve'
import { Sessions } from './work/sessions'
import { tryProvider } from './work/trial'

const { threads } = z.object({ threads: z.number().int().positive() }).parse(workerData)
const sessions = new Sessions(threads)

serve(async (job: JobOf<SessionJobs>): Promise<Handed<unknown>> => {
  switch (job.kind) {
    case 'load':
      await sessions.get(job.model, job.provider)
      return { value: null, transfer: [] }
    case 'run': {
      const open = await sessions.get(job.model, job.provider)
      const scored = await runBatch(open, job.model, job.batch)
      return { value: scored, transfer: scored.map(({ planes }) => planes.buffer) }
    }
    case 'activation': {
      const open = await sessions.get(job.model, job.provider)
      return { value: await activationOf(open, job.model, job.batch, job.labels), transfer: [] }
    }
    case 'occlude': {
      const open = await sessions.get(job.model, job.provider)
      const { model, batch, labels, patches } = job
      return { value: await occlude(open, model, batch, labels, patches), transfer: [] }
    }
    case 'answers':
      return { value: await answerGolden(sessions, job.model, job.provider), transfer: [] }
    case 'trial':
      return { value: await tryProvider(sessions, job.model, job.provider), transfer: [] }
  }
})
