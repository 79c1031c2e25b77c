import { implement } from '@orpc/server'
import { faults } from '#main/api/fault'
import { deidentifyContract } from '#shared/contract/deidentify'
import type { Exports } from './types'

/** Procedures of `contract.deidentify`. */
export function deidentifyProcedures(exports: Exports) {
  const api = implement(deidentifyContract).use(faults)
  return api.router({
    plan: api.plan.handler(({ input }) => exports.plan(input.target)),
    writtenOn: api.writtenOn.handler(({ input }) =>
      exports.writtenOn(input.target, input.offset, input.limit),
    ),
    findText: api.findText.handler(async ({ input }) => ({
      boxes: await exports.findText(input.instanceId),
    })),
    preview: api.preview.handler(({ input }) => exports.preview(input.imageId, input.options)),
    start: api.start.handler(({ input }) => exports.start(input)),
    outcome: api.outcome.handler(({ input }) => exports.outcome(input.jobId)),
  })
}
