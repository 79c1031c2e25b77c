import type { ContractRouterClient } from '@orpc/contract'
import { annotationsContract } from './annotations'
import { datasetsContract } from './datasets'
import { deidentifyContract } from './deidentify'
import { exchangeContract } from './exchange'
import { jobsContract } from './jobs'
import { libraryContract } from './library'
import { modelsContract } from './models'
import { readingContract } from './reading'
import { reviewContract } from './review'
import { scoringContract } from './scoring'
import { similarityContract } from './similarity'
import { sourcesContract } from './sources'
import { systemContract } from './system'
import { teachingContract } from './teaching'

/** The whole API: declared here once, implemented in src-main, called by every shell. */
export const contract = {
  library: libraryContract,
  jobs: jobsContract,
  scoring: scoringContract,
  reading: readingContract,
  review: reviewContract,
  similarity: similarityContract,
  annotations: annotationsContract,
  exchange: exchangeContract,
  datasets: datasetsContract,
  teaching: teachingContract,
  deidentify: deidentifyContract,
  models: modelsContract,
  sources: sourcesContract,
  system: systemContract,
}

export type Contract = typeof contract
export type LeptonClient = ContractRouterClient<Contract>
