import { z } from 'zod'
import { deidentifyOptions, pixelBox, previewLine, remainingRisk } from '../domain/deidentification'
import { fault } from '../domain/fault'
import { filePath, page, procedure } from './base'

/** What to export: chosen studies or series, or files and folders on this computer. */
export const exportTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('studies'), studyIds: z.array(z.number().int()).min(1) }),
  z.object({ kind: z.literal('series'), seriesIds: z.array(z.number().int()).min(1) }),
  z.object({ kind: z.literal('paths'), paths: z.array(filePath).min(1) }),
])
export type ExportTarget = z.infer<typeof exportTarget>

export const exportRequest = z.object({
  target: exportTarget,
  /** Folder on this computer; made if it is not there. */
  folder: z.string().min(1),
  /** Null: the files are copied as they are. */
  deidentify: deidentifyOptions.nullable(),
  /** Rectangles a person left on files of the library; other files are looked through on the way. */
  reviewed: z.array(z.object({ instanceId: z.number().int(), boxes: z.array(pixelBox) })).default([]),
  /** File to write originals and pseudonyms to. */
  keyTable: z.string().min(1).nullable().default(null),
})
export type ExportRequest = z.infer<typeof exportRequest>

/** A file that may carry writing in its pixels. */
export const writtenOn = z.object({
  instanceId: z.number().int(),
  /** Its first frame, for the thumbnail. */
  imageId: z.number().int(),
  rows: z.number().int(),
  columns: z.number().int(),
  frames: z.number().int(),
  description: z.string(),
})
export type WrittenOn = z.infer<typeof writtenOn>

export const exportPlan = z.object({
  files: z.number().int(),
  sizeBytes: z.number(),
  /** An image of the first file, to preview what changes; null where there is none. */
  exampleImageId: z.number().int().nullable(),
})
export type ExportPlan = z.infer<typeof exportPlan>

/** What an export came to. */
export const exportOutcome = z.object({
  folder: z.string(),
  deidentified: z.boolean(),
  written: z.number().int(),
  /** Files in which rectangles were covered. */
  masked: z.number().int(),
  risks: z.array(z.object({ risk: remainingRisk, files: z.number().int() })),
  /** Files that were left out or failed, by reason. */
  missing: z.array(z.object({ fault, files: z.number().int() })),
  /** Reports written into the folder. */
  reports: z.array(z.string()),
})
export type ExportOutcome = z.infer<typeof exportOutcome>

const chosen = z.object({ target: exportTarget })

export const deidentifyContract = {
  plan: procedure.route({ method: 'POST', path: '/exports/plan' }).input(chosen).output(exportPlan),
  /** Files of the target whose pixels are likely to carry writing. */
  writtenOn: procedure
    .route({ method: 'POST', path: '/exports/written-on' })
    .input(page.extend({ target: exportTarget }))
    .output(z.object({ total: z.number().int(), items: z.array(writtenOn) })),
  /** Looks for writing in the pixels of one file. */
  findText: procedure
    .route({ method: 'GET', path: '/exports/instances/{instanceId}/text' })
    .input(z.object({ instanceId: z.number().int() }))
    .output(z.object({ boxes: z.array(pixelBox) })),
  /** What de-identifying would change in the file of an image. */
  preview: procedure
    .route({ method: 'POST', path: '/exports/preview' })
    .input(z.object({ imageId: z.number().int(), options: deidentifyOptions }))
    .output(z.array(previewLine)),
  start: procedure
    .route({ method: 'POST', path: '/exports' })
    .input(exportRequest)
    .output(z.object({ jobId: z.number().int() })),
  outcome: procedure
    .route({ method: 'GET', path: '/exports/{jobId}' })
    .input(z.object({ jobId: z.number().int() }))
    .output(exportOutcome),
}
