import type { Database } from '#main/database/open'
import type { Jobs } from '#main/jobs/types'
import type { Library } from '#main/library/types'
import type { Scoring } from '#main/scoring/types'
import type {
  FoundSeries,
  FoundStudy,
  IntakeSettings,
  IntakeState,
  StudyQuery,
  Verdict,
  WantedPart,
} from '#shared/contract/sources'
import type { Fault } from '#shared/domain/fault'
import type { Source, SourceDraft } from '#shared/domain/source'
import type { FileMeta } from './transfer/part10'
import type { Spool, SpooledObject } from './transfer/spool'

/** A study or series as the archive tells it, before the library is asked what it has of it. */
export type RemoteStudy = Omit<FoundStudy, 'held'>
export type RemoteSeries = Omit<FoundSeries, 'held'>

export interface RemoteInstance {
  uid: string
  /** Null where the archive does not say. */
  sopClass: string | null
}

/** Instances of one series to be fetched. */
export interface Wanted {
  studyUid: string
  seriesUid: string
  instances: readonly RemoteInstance[]
  /** Every instance the series has. */
  whole: boolean
}

/** What became of one instance: it lies in the spool, or why it does not. */
export type Arrival = { object: SpooledObject } | { uid: string; fault: Fault }

export interface OutgoingFile extends FileMeta {
  path: string
  sizeBytes: number
  datasetOffset: number
}

/** What became of one file that was sent. */
export interface Departure {
  file: OutgoingFile
  fault: Fault | null
}

/** An archive of either kind, for the time of one piece of work. Everything throws the coded errors of archives. */
export interface Archive {
  test(): Promise<void>
  studies(query: StudyQuery): Promise<{ studies: RemoteStudy[]; more: boolean }>
  series(studyUid: string): Promise<RemoteSeries[]>
  instances(studyUid: string, seriesUid: string): Promise<RemoteInstance[]>
  /** Each instance as it arrives; those that do not come at all are simply not told. */
  retrieve(wanted: Wanted, spool: Spool): AsyncGenerator<Arrival>
  store(files: readonly OutgoingFile[]): AsyncGenerator<Departure>
  close(): Promise<void>
}

/** This app's own receiver as the destination of C-MOVE. */
export interface MoveTarget {
  /**
   * Makes sure that the receiver listens, and takes these instances out of what it receives until it is disposed of.
   * @throws INPUT_INVALID where the receiver is off
   */
  claim(
    uids: ReadonlySet<string>,
    spool: Spool,
    arrived: (object: SpooledObject) => void,
  ): Promise<{ aeTitle: string } & AsyncDisposable>
}

export interface SourcesDeps {
  database: Database
  jobs: Jobs
  library: Library
  scoring: Scoring
  dataFolder: string
  /** Unforeseen errors of what runs by itself. */
  report(error: unknown): void
}

/** The archives that a person configured, and the work with them. */
export interface Sources {
  list(): Source[]
  /** By name or number. @throws NOT_FOUND */
  find(nameOrId: string): Source
  add(draft: SourceDraft): Source
  change(sourceId: number, draft: SourceDraft): Source
  remove(sourceId: number): void
  /** Tries what is kept, a draft, or a draft with the secret that is kept. */
  test(
    target: { sourceId?: number | undefined; draft?: SourceDraft | undefined },
    signal?: AbortSignal,
  ): Promise<Verdict>
  search(
    sourceId: number,
    query: StudyQuery,
    signal?: AbortSignal,
  ): Promise<{ studies: FoundStudy[]; more: boolean }>
  series(sourceId: number, studyUid: string, signal?: AbortSignal): Promise<FoundSeries[]>
  /** Starts a job that fetches what the library does not have. */
  fetch(sourceId: number, parts: readonly WantedPart[], title?: string): { jobId: number }
  /** Starts a job that sends the files of studies. */
  send(sourceId: number, studyIds: readonly number[]): { jobId: number }
  /** Starts a job that sends DICOM files, whoever made them. */
  sendFiles(sourceId: number, paths: readonly string[]): { jobId: number }
  /** What a transfer could not do, object by object. */
  failures(jobId: number): { path: string; fault: Fault }[]
}

/** What comes in by itself: the receiver, watched folders, and the rule that scores it. */
export interface Intake extends MoveTarget {
  state(): IntakeState
  save(settings: IntakeSettings): Promise<IntakeState>
  /** Begins to listen and to watch as the settings say; a port given here goes before them. */
  start(override?: { port: number; network: boolean }): Promise<void>
  close(): Promise<void>
}
