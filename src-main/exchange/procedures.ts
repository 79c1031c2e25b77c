import { implement } from '@orpc/server'
import { faults } from '#main/api/fault'
import { exchangeContract } from '#shared/contract/exchange'
import type { Exchange } from './service'

/** Procedures of `contract.exchange`. */
export function exchangeProcedures(exchange: Exchange) {
  const api = implement(exchangeContract).use(faults)
  return api.router({
    formats: api.formats.handler(() => exchange.formats()),
    export: api.export.handler(({ input }) => exchange.export(input)),
    importAnnotations: api.importAnnotations.handler(({ input }) => exchange.importAnnotations(input)),
  })
}
