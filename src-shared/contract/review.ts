import { z } from 'zod'
import { classResult, finding, lesion } from '../domain/finding'
import { precision } from '../domain/model-manifest/files'
import { task } from '../domain/model-manifest/index'
import { provider } from '../domain/provider'
import { procedure } from './base'

/** One model over one series: what ran, where, and at which operating point. */
export const seriesRun = z.object({
  runId: z.number().int(),
  jobId: z.number().int(),
  modelId: z.string(),
  modelVersion: z.string(),
  task,
  provider,
  threshold: z.number(),
  /** From where masks and boxes count: the threshold, unless that belongs to another output of the model. */
  regionThreshold: z.number(),
  /** The label it gives to any object, whatever its own; null where it has none. */
  generalLabel: z.string().nullable(),
  precision,
  /** Averaged over the picture and its mirror images. */
  flips: z.boolean(),
  /** Whether it says where something is, by masks or boxes. */
  places: z.boolean(),
  /** Mean time of an image in milliseconds. */
  millisecondsPerImage: z.number(),
  scoredAt: z.string(),
  /** Images of the series with a prediction of this run, and those that failed. */
  predicted: z.number().int(),
  failed: z.number().int(),
})
export type SeriesRun = z.infer<typeof seriesRun>

/** The prediction of one image without its pixels; the probability map is fetched by GET /pixels/map/{id}. */
export const imagePrediction = z.object({
  predictionId: z.number().int(),
  imageId: z.number().int(),
  ordinal: z.number().int(),
  /** False where the model saw nothing above a trace; there is no map to fetch then. */
  hasMap: z.boolean(),
  areaMm2: z.number().nullable(),
  areaPx: z.number(),
  topScore: z.number().nullable(),
  findings: z.array(finding.omit({ mask: true })),
  /** What is said of the whole image, in brief; null where the model does not classify. */
  classes: z
    .object({
      /** Labels called, the most important first. */
      called: z.array(z.string()),
      likeliest: z.string(),
      /** Probability of the first label called, else of the likeliest. */
      score: z.number(),
    })
    .nullable(),
})
export type ImagePrediction = z.infer<typeof imagePrediction>

export const seriesFindings = z.object({
  run: seriesRun,
  lesions: z.array(lesion),
  predictions: z.array(imagePrediction),
})
export type SeriesFindings = z.infer<typeof seriesFindings>

export const reviewContract = {
  /** Runs over a series, newest first. */
  runs: procedure
    .route({ method: 'GET', path: '/review/series/{seriesId}/runs' })
    .input(z.object({ seriesId: z.number().int() }))
    .output(z.array(seriesRun)),
  /** Everything one run found in a series. */
  findings: procedure
    .route({ method: 'GET', path: '/review/series/{seriesId}/runs/{runId}' })
    .input(z.object({ seriesId: z.number().int(), runId: z.number().int() }))
    .output(seriesFindings),
  /** Every probability that a prediction gives for the whole image; empty where the model does not classify. */
  classes: procedure
    .route({ method: 'GET', path: '/review/predictions/{predictionId}/classes' })
    .input(z.object({ predictionId: z.number().int() }))
    .output(z.array(classResult)),
}
