import { z } from 'zod'
import { fault } from '../domain/fault'
import { judgedBy } from '../domain/model-manifest/taught'
import { bilingual, modelId, modelVersion } from '../domain/model-manifest/text'
import { procedure } from './base'

const version = z.number().int().positive()

/** Why a picture is no example: nobody said what it is, several labels, a second copy, gone from the library. */
export const leftOutReason = z.enum(['no-label', 'several-labels', 'copy', 'gone', 'rare-label'])
export type LeftOutReason = z.infer<typeof leftOutReason>

/** What can be taught from a frozen version, before anything is computed. */
export const lessonPlan = z.object({
  /** Number of the version. */
  version,
  /** Every label of whole pictures; those of fewer than two pictures are not taught. */
  labels: z.array(
    z.object({
      key: z.string(),
      name: bilingual,
      colour: z.string(),
      pictures: z.number().int(),
      taught: z.boolean(),
    }),
  ),
  leftOut: z.array(z.object({ reason: leftOutReason, pictures: z.number().int() })),
  /** Examples in all. */
  pictures: z.number().int(),
  judgedBy,
  /** Groups that are left out one after the other. */
  groups: z.number().int(),
  /** Installed models that give a vector, by `id@version`; the first is used unless another is asked for. */
  bases: z.array(z.object({ model: z.string(), name: bilingual })),
  /** Of the first of them. */
  withoutVector: z.number().int(),
  /** Why nothing can be taught from it; null where it can. */
  fault: fault.nullable(),
})
export type LessonPlan = z.infer<typeof lessonPlan>

export const lessonRequest = z.object({
  dataSetId: z.number().int(),
  version,
  /** What the model is called. */
  name: z.string().trim().min(1).max(80),
  /** `id` or `id@version` of an installed model for similarity. */
  baseModel: z.string().min(1).max(200).optional(),
  /** Puts the model into use when it is installed. */
  activate: z.boolean().default(false),
})
export type LessonRequest = z.infer<typeof lessonRequest>

export const teachingContract = {
  plan: procedure
    .route({ method: 'GET', path: '/datasets/{dataSetId}/versions/{version}/lesson' })
    .input(z.object({ dataSetId: z.number().int(), version }))
    .output(lessonPlan),
  /** Starts the job that makes the model; it will be installed by this name. */
  start: procedure
    .route({ method: 'POST', path: '/datasets/{dataSetId}/versions/{version}/lesson' })
    .input(lessonRequest)
    .output(z.object({ jobId: z.number().int(), model: z.object({ id: modelId, version: modelVersion }) })),
}
