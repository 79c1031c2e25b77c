import { z } from 'zod'
import { fault } from '../domain/fault'
import { provider } from '../domain/provider'
import { procedure } from './base'
import { studyFilter } from './library'

/** What to score: chosen studies or series, everything that a filter shows, or paths to take in first. */
export const scoringTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('studies'), studyIds: z.array(z.number().int()).min(1) }),
  z.object({ kind: z.literal('series'), seriesIds: z.array(z.number().int()).min(1) }),
  z.object({ kind: z.literal('filter'), filter: studyFilter }),
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
})
export type ScoringRequest = z.infer<typeof scoringRequest>

export const scoringPlan = z.object({
  images: z.number().int(),
  /** Images a model fits, by model. */
  models: z.array(z.object({ model: z.string(), images: z.number().int(), series: z.number().int() })),
  /** Images that no model fits, by reason. */
  skipped: z.array(z.object({ fault, images: z.number().int() })),
})
export type ScoringPlan = z.infer<typeof scoringPlan>

export const scoringContract = {
  plan: procedure.route({ method: 'POST', path: '/scoring/plan' }).input(scoringRequest).output(scoringPlan),
  start: procedure
    .route({ method: 'POST', path: '/scoring/jobs' })
    .input(scoringRequest)
    .output(z.object({ jobId: z.number().int() })),
  /** Writes results.csv, results.json and failures.csv, and masks/ if wanted, into a folder on this computer. */
  writeReport: procedure
    .route({ method: 'POST', path: '/scoring/jobs/{jobId}/report' })
    .input(
      z.object({ jobId: z.number().int(), folder: z.string().min(1), masks: z.boolean().default(false) }),
    )
    .output(z.object({ files: z.array(z.string()) })),
}
