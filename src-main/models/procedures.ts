import { implement } from '@orpc/server'
import { faults } from '#main/api/fault'
import { modelsContract } from '#shared/contract/models'
import type { Models } from './types'

/** Procedures of `contract.models`. */
export function modelProcedures(models: Models) {
  const api = implement(modelsContract).use(faults)
  return api.router({
    list: api.list.handler(() => models.list()),
    get: api.get.handler(({ input }) => models.get(input.id, input.version)),
    faulty: api.faulty.handler(() => models.faulty()),
    verify: api.verify.handler(({ input }) => models.verify(input.id, input.version)),
    setActive: api.setActive.handler(({ input }) => models.setActive(input.id, input.version, input.active)),
  })
}
