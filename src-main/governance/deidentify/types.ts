import type { Database } from '#main/database/open'
import type { Engine } from '#main/engine/types'
import type { Jobs } from '#main/jobs/types'
import type {
  ExportOutcome,
  ExportPlan,
  ExportRequest,
  ExportTarget,
  WrittenOn,
} from '#shared/contract/deidentify'
import type { DeidentifyOptions, FileReport, PixelBox, PreviewLine } from '#shared/domain/deidentification'
import type { Fault, LeptonError } from '#shared/domain/fault'

export interface ExportDeps {
  database: Database
  engine: Pick<Engine, 'deidentify' | 'previewDeidentified' | 'burnedIn'>
  jobs: Jobs
  /** Holds the secret of this library. */
  dataFolder: string
  appVersion: string
  /** Every regular file below some inputs. */
  walk(
    paths: readonly string[],
    signal: AbortSignal,
  ): AsyncIterable<{ path: string; fault: LeptonError | null }>
}

/** One file of an export, with where it came from: for the person's own eyes. */
export interface ExportedFile {
  path: string
  /** Below the folder; null where it was left out or failed. */
  output: string | null
  report: FileReport | null
  state: 'waiting' | 'done' | 'skipped' | 'failed'
  fault: Fault | null
}

/** Writes files of the library, or of a folder, elsewhere: without identities unless it is asked otherwise. */
export interface Exports {
  plan(target: ExportTarget): ExportPlan
  writtenOn(
    target: ExportTarget,
    offset: number,
    limit: number,
  ): Promise<{ total: number; items: WrittenOn[] }>
  /** @throws NOT_FOUND */
  findText(instanceId: number): Promise<PixelBox[]>
  /** @throws NOT_FOUND and what the file throws. */
  preview(imageId: number, options: DeidentifyOptions): Promise<PreviewLine[]>
  /** @throws INPUT_INVALID, OUTPUT_UNWRITABLE */
  start(request: ExportRequest): Promise<{ jobId: number }>
  /** @throws NOT_FOUND */
  outcome(jobId: number): ExportOutcome
  files(jobId: number): IterableIterator<ExportedFile>
}
