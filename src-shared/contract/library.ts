import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { frameGeometry, instanceHeader } from '../domain/image'
import { filePath, page, procedure } from './base'

/** What of the library to show; every field narrows it. */
export const studyFilter = z.object({
  /** DICOM modality, or `PHOTO` for photographs. */
  modality: z.string().optional(),
  findings: z.enum(['with', 'without', 'unscored']).optional(),
  /** Words looked up in subject, study and series texts and in finding labels. */
  search: z.string().max(200).optional(),
})
export type StudyFilter = z.infer<typeof studyFilter>

/** `newest` and `oldest` go by when a study was taken in. */
export const studySort = z.enum(['newest', 'oldest', 'subject', 'score'])

/** A study as a card of the library. */
export const studyCard = z.object({
  id: z.number().int(),
  subject: z.string(),
  kind: z.enum(['examination', 'audit']),
  description: z.string(),
  date: z.string().nullable(),
  modalities: z.array(z.string()),
  seriesCount: z.number().int(),
  imageCount: z.number().int(),
  /** The image drawn as thumbnail; null in an empty study. */
  coverImageId: z.number().int().nullable(),
  /** Scored by at least one run. */
  scored: z.boolean(),
  lesionCount: z.number().int(),
  /** The finding with the highest score of the newest run. */
  topLabel: z.string().nullable(),
  topScore: z.number().nullable(),
  /** Phantom made by the app itself. */
  phantom: z.boolean(),
})
export type StudyCard = z.infer<typeof studyCard>

export const seriesCard = z.object({
  id: z.number().int(),
  studyId: z.number().int(),
  number: z.number().nullable(),
  description: z.string(),
  modality: z.string().nullable(),
  bodyPart: z.string().nullable(),
  imageCount: z.number().int(),
  coverImageId: z.number().int().nullable(),
  /** How the slices were ordered. */
  order: z.enum(['position', 'instance', 'name']),
  scored: z.boolean(),
  lesionCount: z.number().int(),
})
export type SeriesCard = z.infer<typeof seriesCard>

export const studyDetail = z.object({ study: studyCard, series: z.array(seriesCard) })

/** One image of a series in stack order. */
export const seriesImage = z.object({
  id: z.number().int(),
  /** Place in the stack, from 0. */
  ordinal: z.number().int(),
  /** Frame within its file, from 0. */
  frame: z.number().int(),
  name: z.string(),
  rows: z.number().int(),
  columns: z.number().int(),
  geometry: frameGeometry.nullable(),
})
export type SeriesImage = z.infer<typeof seriesImage>

export const libraryOverview = z.object({
  studies: z.number().int(),
  images: z.number().int(),
  modalities: z.array(z.object({ modality: z.string(), studies: z.number().int() })),
  withFindings: z.number().int(),
  withoutFindings: z.number().int(),
  unscored: z.number().int(),
  unreadable: z.number().int(),
})
export type LibraryOverview = z.infer<typeof libraryOverview>

/**
 * A file that was not taken in, and why: it cannot be read, the same bytes were there already, or it holds no
 * picture (a structure set, a report, a text file). An `other-version` was taken in, beside an object of the same
 * identifier and other bytes. A `disguised` one was taken in, too, and is something else to other software.
 */
export const importProblem = z.object({
  jobId: z.number().int(),
  path: z.string(),
  kind: z.enum(['unreadable', 'duplicate', 'left-out', 'other-version', 'disguised']),
  code: z.string(),
  expected: z.string(),
  received: z.string(),
  remedy: z.string(),
})
export type ImportProblem = z.infer<typeof importProblem>

export const libraryContract = {
  overview: procedure.route({ method: 'GET', path: '/library/overview' }).output(libraryOverview),
  studies: procedure
    .route({ method: 'GET', path: '/library/studies' })
    .input(page.extend({ filter: studyFilter.default({}), sort: studySort.default('newest') }))
    .output(z.object({ total: z.number().int(), items: z.array(studyCard) })),
  study: procedure
    .route({ method: 'GET', path: '/library/studies/{studyId}' })
    .input(z.object({ studyId: z.number().int() }))
    .output(studyDetail),
  /** Other studies of the same subject, the newest first: what a study can be compared with. */
  otherStudies: procedure
    .route({ method: 'GET', path: '/library/studies/{studyId}/others' })
    .input(z.object({ studyId: z.number().int() }))
    .output(z.array(studyCard)),
  seriesImages: procedure
    .route({ method: 'GET', path: '/library/series/{seriesId}/images' })
    .input(z.object({ seriesId: z.number().int() }))
    .output(z.array(seriesImage)),
  /** Full header of the file an image belongs to, for the corners and the information panel of the viewer. */
  header: procedure
    .route({ method: 'GET', path: '/library/images/{imageId}/header' })
    .input(z.object({ imageId: z.number().int() }))
    .output(instanceHeader),
  /** Takes in files, folders and ZIP archives by absolute path. Progress: `jobs.watch`. */
  import: procedure
    .route({ method: 'POST', path: '/library/import' })
    .input(z.object({ paths: z.array(filePath).min(1) }))
    .output(z.object({ jobId: z.number().int() })),
  /** Makes the phantom samples, if they are not there, and takes them in. */
  openSample: procedure
    .route({ method: 'POST', path: '/library/sample' })
    .input(z.object({ sample: z.enum(['thigh', 'shelf']) }))
    .output(z.object({ jobId: z.number().int() })),
  /** Problems of one import; without `jobId` the last known problem of every file. */
  problems: procedure
    .route({ method: 'GET', path: '/library/problems' })
    .input(page.extend({ jobId: z.number().int().optional() }))
    .output(z.object({ total: z.number().int(), items: z.array(importProblem) })),
  /** Forgets studies and what was found in them; files on disk that the library does not own stay. */
  remove: procedure
    .route({ method: 'POST', path: '/library/remove' })
    .input(z.object({ studyIds: z.array(z.number().int()).min(1) }))
    .output(z.object({ removed: z.number().int() })),
  /** Says that lists should be asked for again; one event at once, then one whenever the library changed. */
  changes: procedure.output(eventIterator(z.object({ revision: z.number().int() }))),
}
