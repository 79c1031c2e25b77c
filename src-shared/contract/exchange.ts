import { z } from 'zod'
import { augmentationRecipe } from '../domain/data-set/augmentation'
import { filePath, procedure } from './base'
import { studyFilter } from './library'

/** What to write: the annotations of studies, or what a scoring job predicted. */
export const exportTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('studies'), studyIds: z.array(z.number().int()).min(1) }),
  /** Everything a filter of the library shows; an empty filter is all of it. */
  z.object({ kind: z.literal('filter'), filter: studyFilter }),
  z.object({ kind: z.literal('predictions'), jobId: z.number().int() }),
  /** A frozen version of a data set: the newest without `version`, divided by its newest split without `splitId`. */
  z.object({
    kind: z.literal('dataset'),
    name: z.string().min(1),
    version: z.number().int().positive().optional(),
    splitId: z.number().int().nullable().optional(),
    acceptLeaks: z.boolean().optional(),
    /** Variants of the pictures of the part `train`, or of all where it is not split, are written as well. */
    augmentation: augmentationRecipe.optional(),
  }),
])
export type ExportTarget = z.infer<typeof exportTarget>

export const exportRequest = z.object({
  target: exportTarget,
  /** Ids of formats, e.g. `seg` and `coco`. */
  formats: z.array(z.string()).min(1),
  /** Folder on this computer; each format gets a folder of its own below it. */
  folder: z.string().min(1),
  /** Whether pictures are copied, linked to or only named; absent: what each format needs. */
  pictures: z.enum(['copy', 'link', 'name']).optional(),
  /** Only what this reader drew or judged; absent: everybody. */
  reader: z.string().optional(),
  /** Of reports; English where absent. */
  language: z.enum(['en', 'zh']).optional(),
  /** What the reader who signs remarks, for reports. */
  remark: z.string().max(2000).optional(),
})
export type ExportRequest = z.infer<typeof exportRequest>

export const importAnnotationsRequest = z.object({
  /** Files and folders; what each file is, is known by its content. */
  paths: z.array(filePath).min(1),
  /** Under whose name they are kept where the file names nobody. */
  reader: z.string().min(1),
})
export type ImportAnnotationsRequest = z.infer<typeof importAnnotationsRequest>

const started = z.object({ jobId: z.number().int() })

export const exchangeContract = {
  /** The formats there are; `reads` says whether they can be imported as well. */
  formats: procedure
    .route({ method: 'GET', path: '/exchange/formats' })
    .output(z.array(z.object({ id: z.string(), reads: z.boolean() }))),
  export: procedure.route({ method: 'POST', path: '/exchange/exports' }).input(exportRequest).output(started),
  importAnnotations: procedure
    .route({ method: 'POST', path: '/exchange/imports' })
    .input(importAnnotationsRequest)
    .output(started),
}
