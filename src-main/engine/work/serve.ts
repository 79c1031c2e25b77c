import { parentPort } from 'node:worker_threads'
import { type Fault, faultOf } from '#shared/domain/fault'

/** What a worker thread sends back for a job. */
export interface Reply {
  value?: unknown
  fault?: Fault
}

/** A value and the buffers that go with it instead of being copied. */
export interface Handed<Value> {
  value: Value
  transfer: ArrayBuffer[]
}

/** Kinds of jobs, what each needs and what comes of it. */
export type JobTable<Jobs> = { [Kind in keyof Jobs]: { job: object; value: unknown } }

/** A job of any kind of a table, as it arrives in the thread. */
export type JobOf<Jobs extends JobTable<Jobs>> = {
  [Kind in keyof Jobs & string]: { kind: Kind } & Jobs[Kind]['job']
}[keyof Jobs & string]

/** Answers the jobs of this worker thread, one after the other. */
export function serve<Job>(answer: (job: Job) => Promise<Handed<unknown>>): void {
  const port = parentPort
  if (!port) throw new Error('this module runs as a worker thread')
  port.on('message', async (job: Job) => {
    try {
      const { value, transfer } = await answer(job)
      port.postMessage({ value } satisfies Reply, transfer)
    } catch (error) {
      port.postMessage({ fault: faultOf(error) } satisfies Reply)
    }
  })
}
