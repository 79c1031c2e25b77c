import { z } from 'zod'
import { fault } from '../domain/fault'
import { precision } from '../domain/model-manifest/files'
import { provider } from '../domain/provider'
import { page, procedure } from './base'
import { studyFilter } from './library'

/** What to score: chosen studies or series, all that a filter shows, what an import brought, or paths to take in first. */
export const scoringTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('studies'), studyIds: z.array(z.number().int()).min(1) }),
  z.object({ kind: z.literal('series'), seriesIds: z.array(z.number().int()).min(1) }),
  z.object({ kind: z.literal('filter'), filter: studyFilter }),
  /** The series that files of this import belong to, files that were there before included. */
  z.object({ kind: z.literal('import'), jobId: z.number().int() }),
  z.object({ kind: z.literal('paths'), paths: z.array(z.string().min(1)).min(1) }),
])
export type ScoringTarget = z.infer<typeof scoringTarget>

export const scoringRequest = z.object({
  target: scoringTarget,
  /** `id` or `id@version`; absent: the active model that fits each image. */
  model: z.string().optional(),
  /** Absent or `auto`: the first provider that passes the model's self-test. */
  provider: z.union([z.literal('auto'), provider]).default('auto'),
  /** Absent: the model's operating point. */
  threshold: z.number().gt(0).lt(1).optional(),
  /** Which file of the model; absent: its first. */
  precision: precision.optional(),
  /** Averages the answers over the picture and its mirror images: several times the work. */
  flips: z.boolean().optional(),
})
export type ScoringRequest = z.infer<typeof scoringRequest>

export const scoringPlan = z.object({
  images: z.number().int(),
  /** Images a model fits, by model. */
  models: z.array(z.object({ model: z.string(), images: z.number().int(), series: z.number().int() })),
  /** Images that the model asked for will be run on although it is not made for them, by reason. */
  warned: z.array(z.object({ fault, images: z.number().int() })),
  /** Images that no model fits, by reason. */
  skipped: z.array(z.object({ fault, images: z.number().int() })),
})
export type ScoringPlan = z.infer<typeof scoringPlan>

/** What a job found in one series: a line of its results list, and where to open the viewer. */
export const scoredSeries = z.object({
  studyId: z.number().int(),
  seriesId: z.number().int(),
  runId: z.number().int(),
  subject: z.string(),
  /** Series description, else that of the study. */
  description: z.string(),
  modality: z.string().nullable(),
  model: z.string(),
  /** Images with a prediction, and images that failed. */
  predicted: z.number().int(),
  failed: z.number().int(),
  lesionCount: z.number().int(),
  /** The finding with the highest score; null where nothing was found. */
  topLabel: z.string().nullable(),
  topScore: z.number().nullable(),
  /** Place in the stack, from 0, of the image to open: the one with the highest score, else the middle. */
  keyOrdinal: z.number().int(),
  /** That image, for its thumbnail. */
  keyImageId: z.number().int(),
})
export type ScoredSeries = z.infer<typeof scoredSeries>

export const scoringContract = {
  plan: procedure.route({ method: 'POST', path: '/scoring/plan' }).input(scoringRequest).output(scoringPlan),
  start: procedure
    .route({ method: 'POST', path: '/scoring/jobs' })
    .input(scoringRequest)
    .output(z.object({ jobId: z.number().int() })),
  /** What a job found, series by series, highest score first. */
  results: procedure
    .route({ method: 'GET', path: '/scoring/jobs/{jobId}/results' })
    .input(page.extend({ jobId: z.number().int() }))
    .output(z.object({ total: z.number().int(), items: z.array(scoredSeries) })),
  /** Writes results.csv, results.json and failures.csv, and masks/ if wanted, into a folder on this computer. */
  writeReport: procedure
    .route({ method: 'POST', path: '/scoring/jobs/{jobId}/report' })
    .input(
      z.object({ jobId: z.number().int(), folder: z.string().min(1), masks: z.boolean().default(false) }),
    )
    .output(z.object({ files: z.array(z.string()) })),
}
