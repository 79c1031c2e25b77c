import type { z } from 'zod'
import type { Database } from '#main/database/open'
import type { Engine } from '#main/engine/types'
import type { Jobs } from '#main/jobs/types'
import type {
  ImportProblem,
  LibraryOverview,
  SeriesImage,
  StudyCard,
  StudyFilter,
  studyDetail,
  studySort,
} from '#shared/contract/library'
import type { Fault } from '#shared/domain/fault'
import type { InstanceHeader } from '#shared/domain/image'

export interface LibraryDeps {
  database: Database
  engine: Engine
  jobs: Jobs
  /** Folder of this library; `files/`, `uploads/` and `samples/` below it belong to the library. */
  dataFolder: string
  /** Writes the files of a phantom into a folder. */
  makeSample(sample: Sample, folder: string): Promise<void>
}

export type Sample = 'thigh' | 'shelf'
export type StudySort = z.infer<typeof studySort>

export interface Page {
  offset: number
  limit: number
}

export interface ImportCounts {
  /** Files seen so far; final once the walk has ended. */
  total: number
  done: number
  skipped: number
  failed: number
}

export interface TakeInOptions {
  /** The job on whose behalf it is done; files it has read before are counted without being read again. */
  jobId: number
  signal: AbortSignal
  progress?(counts: ImportCounts): void
  /** A folder above the files, which become the library's own: they are moved into its store, named as below it. */
  uploadFolder?: string | undefined
}

/** One image of the given inputs, or one file of them that shows no image. */
export interface InputItem {
  /** The input, as an absolute path, that brought the file in. */
  root: string
  /** The file below it; `<archive>!/<member>` for a member of an archive. */
  path: string
  outcome: 'image' | 'duplicate' | 'left-out' | 'unreadable'
  /** Why there is no image; null for images, DICOM that holds no pixels has DICOM_NO_PIXELS. */
  fault: Fault | null
  /** Null where there is no image. A duplicate names the image that was there first. */
  image: InputImage | null
}

export interface InputImage {
  imageId: number
  instanceId: number
  seriesId: number
  /** Frame within its file, from 0. */
  frame: number
  frames: number
  /** Place in the stack of its series, from 0. */
  ordinal: number
}

/** Where the pixels of an image lie. */
export interface ImageSource {
  path: string
  frame: number
  /** Changes whenever the bytes behind the image may have changed. */
  version: string
}

/** Everything that was taken in: subjects, studies, series, images and the files behind them. */
export interface Library {
  overview(): LibraryOverview
  studies(query: { filter: StudyFilter; sort: StudySort } & Page): { total: number; items: StudyCard[] }
  /** Ids of all studies that a filter shows, newest first. */
  studyIds(filter: StudyFilter): number[]
  /** @throws NOT_FOUND */
  study(studyId: number): z.infer<typeof studyDetail>
  /** Other studies of the same subject, the newest first. */
  otherStudies(studyId: number): StudyCard[]
  /** @throws NOT_FOUND */
  seriesImages(seriesId: number): SeriesImage[]
  /** @throws NOT_FOUND */
  header(imageId: number): InstanceHeader
  /** @throws NOT_FOUND */
  imageSource(imageId: number): ImageSource
  problems(query: { jobId?: number | undefined } & Page): { total: number; items: ImportProblem[] }

  /** Starts an import job. */
  import(paths: readonly string[]): { jobId: number }
  openSample(sample: Sample): Promise<{ jobId: number }>
  /** Starts an import of uploaded files, which the library then owns. */
  importUpload(batch: string, folder: string): { jobId: number }
  /**
   * Takes files, folders and archives in within the caller's own job. Returns when everything is in the library
   * and every stack is in order, or soon after the signal. Never throws for bad input: ask `imagesOf`.
   */
  takeIn(paths: readonly string[], options: TakeInOptions): Promise<ImportCounts>
  /**
   * Every file of these inputs after they were taken in, image by image: by input, then path, then frame. Files
   * that an earlier import knew under the same or another path appear under the path they have here.
   */
  imagesOf(paths: readonly string[]): IterableIterator<InputItem>

  /** Brings scored, lesion counts and top findings of these series and their studies up to date. */
  refreshOutcome(seriesIds: readonly number[]): void
  /** Forgets studies; deletes the files that only they used and the library owns. */
  remove(studyIds: readonly number[]): number
  /** Revision now, then whenever the library changed, at most a few times a second. */
  changes(signal?: AbortSignal): AsyncGenerator<{ revision: number }>
}
