import { implement } from '@orpc/server'
import { faults } from '#main/api/fault'
import type { Database } from '#main/database/open'
import { reviewContract } from '#shared/contract/review'
import { classesOf } from './classes'
import { findingsOfRun } from './findings'
import { runsOfSeries } from './runs'

/** Procedures of `contract.review`. */
export function reviewProcedures(database: Database) {
  const api = implement(reviewContract).use(faults)
  return api.router({
    runs: api.runs.handler(({ input }) => runsOfSeries(database, input.seriesId)),
    findings: api.findings.handler(({ input }) => findingsOfRun(database, input.seriesId, input.runId)),
    classes: api.classes.handler(({ input }) => classesOf(database, input.predictionId)),
  })
}
