import { implement } from '@orpc/server'
import { faults } from '#main/api/fault'
import { scoringContract } from '#shared/contract/scoring'
import type { Scoring } from './types'

/** Procedures of `contract.scoring`. */
export function scoringProcedures(scoring: Scoring) {
  const api = implement(scoringContract).use(faults)
  return api.router({
    plan: api.plan.handler(({ input }) => scoring.plan(input)),
    start: api.start.handler(({ input }) => scoring.start(input)),
    results: api.results.handler(({ input }) => scoring.results(input.jobId, input.offset, input.limit)),
    counts: api.counts.handler(({ input }) => scoring.counts(input.jobId)),
    warnings: api.warnings.handler(({ input }) => scoring.warnings(input.jobId)),
    flipCost: api.flipCost.handler(({ input }) => scoring.flipCost(input.model)),
    measureFlips: api.measureFlips.handler(({ input }) => scoring.measureFlips(input.model)),
    writeReport: api.writeReport.handler(async ({ input }) => {
      const { files } = await scoring.writeReport(input.jobId, input)
      return { files }
    }),
  })
}
