import { implement } from '@orpc/server'
import { faults } from '#main/api/fault'
import type { Database } from '#main/database/open'
import { jobsContract } from '#shared/contract/jobs'
import { fault } from '#shared/domain/fault'
import { type JobItem, jobItemState } from '#shared/domain/job'
import type { Jobs } from './types'

interface ItemRow {
  id: number
  path: string
  frame: number | null
  image_id: number | null
  series_id: number | null
  state: string
  attempts: number
  fault: string | null
}

/** Procedures of `contract.jobs`. */
export function jobProcedures(jobs: Jobs, database: Database) {
  const api = implement(jobsContract).use(faults)
  const ofState = 'job_id = ? AND state = ?'
  const ofAny = 'job_id = ? AND ? IS NULL'
  const count = (where: string) =>
    database.prepare<[number, string | null], number>(`SELECT count(*) FROM job_items WHERE ${where}`).pluck()
  const items = (where: string) =>
    database.prepare<[number, string | null, number, number], ItemRow>(
      `SELECT id, path, frame, image_id, series_id, state, attempts, fault FROM job_items
       WHERE ${where} ORDER BY ordinal LIMIT ? OFFSET ?`,
    )
  const any = { count: count(ofAny), items: items(ofAny) }
  const some = { count: count(ofState), items: items(ofState) }
  return api.router({
    list: api.list.handler(({ input }) => jobs.list(input)),
    get: api.get.handler(({ input }) => jobs.get(input.jobId)),
    items: api.items.handler(({ input }) => {
      const state = input.state ?? null
      const query = state === null ? any : some
      return {
        total: query.count.get(input.jobId, state) ?? 0,
        items: query.items.all(input.jobId, state, input.limit, input.offset).map(itemOf),
      }
    }),
    pause: api.pause.handler(({ input }) => jobs.pause(input.jobId)),
    resume: api.resume.handler(({ input }) => jobs.resume(input.jobId)),
    cancel: api.cancel.handler(({ input }) => jobs.cancel(input.jobId)),
    watch: api.watch.handler(async function* ({ input, signal }) {
      yield* jobs.watch(input.jobId, signal)
    }),
  })
}

function itemOf(row: ItemRow): JobItem {
  return {
    id: row.id,
    path: row.path,
    frame: row.frame,
    imageId: row.image_id,
    seriesId: row.series_id,
    state: jobItemState.parse(row.state),
    attempts: row.attempts,
    fault: row.fault === null ? null : fault.parse(JSON.parse(row.fault)),
  }
}
