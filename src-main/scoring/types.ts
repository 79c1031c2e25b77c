import type { Database } from '#main/database/open'
import type { Engine } from '#main/engine/types'
import type { Jobs } from '#main/jobs/types'
import type { Library } from '#main/library/types'
import type { Models } from '#main/models/types'
import type {
  FlipCost,
  LabelCount,
  ScoredSeries,
  ScoringPlan,
  ScoringRequest,
} from '#shared/contract/scoring'
import type { Fault } from '#shared/domain/fault'
import type { Job } from '#shared/domain/job'
import type { Provider } from '#shared/domain/provider'
import type { ScoringSummary } from './summary'

export interface ScoringDeps {
  database: Database
  engine: Engine
  jobs: Jobs
  library: Library
  models: Models
  /** The provider of the settings, for requests that leave it open. */
  preferredProvider(): 'auto' | Provider
  appVersion: string
}

/** How `resume` took up an earlier job: went on with it, found it done, or found none and began afresh. */
export type ResumeOutcome = 'continued' | 'done' | 'fresh'

export interface ReportOptions {
  folder: string
  masks: boolean
}

/** Batch scoring: plan, start, resume, read the results and write the reports. */
export interface Scoring {
  plan(request: ScoringRequest): ScoringPlan
  /** @throws MODEL_NOT_FOUND before anything is started. */
  start(request: ScoringRequest): { jobId: number }
  /** Goes on with the newest job that asked the same; starts one where there is none. */
  resume(request: ScoringRequest): { jobId: number; outcome: ResumeOutcome }
  results(jobId: number, offset: number, limit: number): { total: number; items: ScoredSeries[] }
  counts(jobId: number): LabelCount[]
  /** Why images were scored although the model asked for is not made for them, the most frequent first. */
  warnings(jobId: number): { fault: Fault; images: number }[]
  summary(jobId: number): ScoringSummary
  /** What mirror images were last measured to cost a model. @throws MODEL_NOT_FOUND */
  flipCost(model: string): FlipCost | null
  /** Measures that on a few images of the library. @throws INPUT_INVALID where none is made for the model */
  measureFlips(model: string): Promise<FlipCost>
  /** results.json as it would be written now, piece by piece. */
  document(jobId: number): Iterable<string>
  /** @returns the files written, as absolute paths. @throws OUTPUT_UNWRITABLE, DISK_FULL */
  writeReport(jobId: number, options: ReportOptions): Promise<{ files: string[]; job: Job }>
}
