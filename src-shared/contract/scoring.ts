import { z } from 'zod'
import { fault } from '../domain/fault'
import { precision } from '../domain/model-manifest/files'
import { flipGain } from '../domain/model-manifest/flip-gains'
import { provider } from '../domain/provider'
import { filePath, page, procedure } from './base'
import { studyFilter } from './library'

/** What to score: chosen studies or series, all that a filter shows, what an import brought, or paths to take in first. */
export const scoringTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('studies'), studyIds: z.array(z.number().int()).min(1) }),
  z.object({ kind: z.literal('series'), seriesIds: z.array(z.number().int()).min(1) }),
  z.object({ kind: z.literal('filter'), filter: studyFilter }),
  /** The series that files of this import belong to, files that were there before included. */
  z.object({ kind: z.literal('import'), jobId: z.number().int() }),
  z.object({ kind: z.literal('paths'), paths: z.array(filePath).min(1) }),
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

/** How often a job found a label. */
export const labelCount = z.object({
  /** `id@version` */
  model: z.string(),
  label: z.string(),
  /** What is counted: lesions, boxes and regions of pictures, or images that were called by this label. */
  kind: z.enum(['lesions', 'findings', 'images']),
  count: z.number().int(),
  /** Images that show at least one. */
  images: z.number().int(),
  meanScore: z.number().nullable(),
})
export type LabelCount = z.infer<typeof labelCount>

/**
 * What a job found in a series of slices, or in one picture: a line of its results list, and where to open the
 * viewer.
 */
export const scoredSeries = z.object({
  studyId: z.number().int(),
  seriesId: z.number().int(),
  runId: z.number().int(),
  /** Name of the picture; null where the line stands for a series of slices. */
  picture: z.string().nullable(),
  subject: z.string(),
  /** Series description, else that of the study. */
  description: z.string(),
  modality: z.string().nullable(),
  model: z.string(),
  /** Images with a prediction, and images that failed. */
  predicted: z.number().int(),
  failed: z.number().int(),
  lesionCount: z.number().int(),
  /** Boxes, one with several labels counted once, and regions that belong to no lesion. */
  findingCount: z.number().int(),
  /** The label called, else the finding with the highest score; null where nothing was found. */
  topLabel: z.string().nullable(),
  topScore: z.number().nullable(),
  /** The likeliest label where the model was not sure enough to call one. */
  likeliest: z.object({ label: z.string(), probability: z.number() }).nullable(),
  /** Place in the stack, from 0, of the image to open: the one with the highest score, else the middle. */
  keyOrdinal: z.number().int(),
  /** That image, for its thumbnail. */
  keyImageId: z.number().int(),
})
export type ScoredSeries = z.infer<typeof scoredSeries>

/** What averaging over mirror images costs a model on this computer, and what its package says it gains. */
export const flipCost = z.object({
  /** `id@version` */
  model: z.string(),
  provider,
  precision,
  /** Mean time of an image in the session, in milliseconds, without and with its mirror image. */
  plain: z.number(),
  flipped: z.number(),
  /** How many times longer it takes. */
  factor: z.number(),
  images: z.number().int(),
  measuredAt: z.string(),
  /** Of the file that was timed; empty where its makers did not measure it. */
  gains: z.array(flipGain),
})
export type FlipCost = z.infer<typeof flipCost>

export const scoringContract = {
  plan: procedure.route({ method: 'POST', path: '/scoring/plan' }).input(scoringRequest).output(scoringPlan),
  start: procedure
    .route({ method: 'POST', path: '/scoring/jobs' })
    .input(scoringRequest)
    .output(z.object({ jobId: z.number().int() })),
  /** What a job found, by series of slices and by picture, highest score first. */
  results: procedure
    .route({ method: 'GET', path: '/scoring/jobs/{jobId}/results' })
    .input(page.extend({ jobId: z.number().int() }))
    .output(z.object({ total: z.number().int(), items: z.array(scoredSeries) })),
  counts: procedure
    .route({ method: 'GET', path: '/scoring/jobs/{jobId}/counts' })
    .input(z.object({ jobId: z.number().int() }))
    .output(z.array(labelCount)),
  /** Why images were scored all the same although the model asked for is not made for them. */
  warnings: procedure
    .route({ method: 'GET', path: '/scoring/jobs/{jobId}/warnings' })
    .input(z.object({ jobId: z.number().int() }))
    .output(z.array(z.object({ fault, images: z.number().int() }))),
  /** What mirror images were last measured to cost a model; null where they never were. */
  flipCost: procedure
    .route({ method: 'GET', path: '/scoring/flip-cost' })
    .input(z.object({ model: z.string() }))
    .output(flipCost.nullable()),
  /** Measures that now, on a few images of the library that the model is made for. */
  measureFlips: procedure
    .route({ method: 'POST', path: '/scoring/flip-cost' })
    .input(z.object({ model: z.string() }))
    .output(flipCost),
  /** Writes results.csv, results.json, counts.csv and failures.csv, and masks/ if wanted, into a folder on this computer. */
  writeReport: procedure
    .route({ method: 'POST', path: '/scoring/jobs/{jobId}/report' })
    .input(
      z.object({ jobId: z.number().int(), folder: z.string().min(1), masks: z.boolean().default(false) }),
    )
    .output(z.object({ files: z.array(z.string()) })),
}
