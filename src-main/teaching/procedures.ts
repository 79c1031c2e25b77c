import { implement } from '@orpc/server'
import { faults } from '#main/api/fault'
import { teachingContract } from '#shared/contract/teaching'
import type { Teaching } from './types'

/** Procedures of `contract.teaching`. */
export function teachingProcedures(teaching: Teaching) {
  const api = implement(teachingContract).use(faults)
  return api.router({
    plan: api.plan.handler(({ input }) => teaching.plan(input.dataSetId, input.version)),
    start: api.start.handler(({ input }) => teaching.start(input)),
  })
}
