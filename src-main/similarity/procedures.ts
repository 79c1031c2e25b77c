import { implement } from '@orpc/server'
import { faults } from '#main/api/fault'
import { similarityContract } from '#shared/contract/similarity'
import type { Similarity } from './service'

/** Procedures of `contract.similarity`. */
export function similarityProcedures(similarity: Similarity) {
  const api = implement(similarityContract).use(faults)
  return api.router({
    nearest: api.nearest.handler(({ input }) => similarity.ofImage(input.imageId, input.top)),
  })
}
