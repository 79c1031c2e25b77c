import { implement } from '@orpc/server'
import { faults } from '#main/api/fault'
import { readingContract } from '#shared/contract/reading'
import type { Reading } from './types'

/** Procedures of `contract.reading`. */
export function readingProcedures(reading: Reading) {
  const api = implement(readingContract).use(faults)
  return api.router({
    state: api.state.handler(({ input }) => reading.state(input.studyId)),
    setBlinded: api.setBlinded.handler(({ input }) => reading.setBlinded(input.studyId, input.blinded)),
    setDone: api.setDone.handler(({ input }) => reading.setDone(input.studyId, input.reader, input.done)),
    agreement: api.agreement.handler(({ input }) => reading.agreement(input.studyIds)),
    settle: api.settle.handler(({ input }) => ({ taken: reading.settle(input) })),
    sign: api.sign.handler(({ input }) => reading.sign(input)),
  })
}
