import { existsSync, lstatSync } from 'node:fs'
import type { Database } from '#main/database/open'
import { type Fault, fault as faultRecord, LeptonError } from '#shared/domain/fault'
import type { InstanceHeader } from '#shared/domain/image'
import { isDocument } from './clutter'
import { placeOf } from './grouping'
import { type InstanceRow, InstanceRows } from './instance-rows'
import { type FileOutcome, type KnownFile, KnownFiles } from './known-files'
import { type ProblemKind, Problems } from './problems'

/** A file as it was read, before anything of it is written. */
export interface ReadFile {
  /** The path it was found under; `<archive>!/<member>` for a member. */
  foundAs: string
  /** The path a person is shown; differs from `foundAs` for uploads. */
  shownPath: string
  /** Where its bytes lie now. */
  path: string
  owned: boolean
  /** Size and time by which it is known again: of the file, of the archive for members. */
  knownBy: { sizeBytes: number; modifiedMs: number }
  sizeBytes: number
  modifiedMs: number
  sha256: string | null
  content: { header: InstanceHeader } | { fault: Fault }
  phantom: boolean
}

export interface RecorderOptions {
  jobId: number
  /** Write a line of the job for each file that is not taken in. */
  listProblems: boolean
}

/** Writes what was read into the library; every call is part of one transaction of the caller. */
export class Recorder {
  readonly #files
  readonly #problems
  readonly #instances
  readonly #options: RecorderOptions

  constructor(database: Database, options: RecorderOptions) {
    this.#files = new KnownFiles(database)
    this.#problems = new Problems(database)
    this.#instances = new InstanceRows(database)
    this.#options = options
  }

  record(file: ReadFile): FileOutcome {
    if ('fault' in file.content) {
      return this.#note(file, outcomeOfFault(file.content.fault, file.shownPath), null, file.content.fault)
    }
    const { header } = file.content
    const place = placeOf(header, file)
    const first = this.#instances.byKey(place.instanceKey)
    if (first) return this.#recordAgain(file, header, first)
    const replaced = this.#instances.byPath(file.path)
    if (replaced) this.#instances.remove(replaced.id)
    return this.#note(file, 'image', this.#instances.insert(place, header, file), null)
  }

  /** The object is known: the same file changed or touched, the file moved, or a second copy. */
  #recordAgain(file: ReadFile, header: InstanceHeader, first: InstanceRow): FileOutcome {
    const sameFile = first.path === file.path && first.shown_path === file.shownPath
    if (sameFile && !this.#instances.holds(first, header, file)) {
      this.#instances.remove(first.id)
      return this.record(file)
    }
    if (sameFile || !existsSync(first.path)) {
      this.#instances.moveTo(first.id, file)
      return this.#note(file, 'image', first.id, null)
    }
    return this.#note(file, 'duplicate', first.id, alreadyThere(first.shown_path))
  }

  /** A file that an earlier job read and that has not changed since: only a line of this job is written. */
  recordKnown({ path, outcome, fault }: KnownFile): void {
    if (!this.#options.listProblems || outcome === 'archive') return
    const kind = outcome === 'image' ? 'duplicate' : outcome
    this.#problems.add(this.#options.jobId, path, kind, fault ? storedFault(fault) : alreadyThere(path))
  }

  recordArchive(path: string, knownBy: ReadFile['knownBy']): void {
    const { jobId } = this.#options
    this.#files.write({
      path,
      ...knownBy,
      outcome: 'archive',
      instanceId: null,
      fault: null,
      jobId,
      problemId: null,
    })
  }

  #note(file: ReadFile, outcome: FileOutcome, instanceId: number | null, fault: Fault | null): FileOutcome {
    const { jobId, listProblems } = this.#options
    const problemId =
      fault && listProblems ? this.#problems.add(jobId, file.shownPath, problemKind(outcome), fault) : null
    const path = file.foundAs
    // a path that leads nowhere is a problem of this job, not something the library knows
    if (fault?.code === 'FILE_NOT_FOUND' && !lstatSync(path, { throwIfNoEntry: false })) return outcome
    this.#files.write({ path, ...file.knownBy, outcome, instanceId, fault, jobId, problemId })
    return outcome
  }
}

const alreadyThere = (path: string) => new LeptonError('DUPLICATE', { received: path }).toFault()
const storedFault = (text: string) => faultRecord.parse(JSON.parse(text))

const problemKind = (outcome: FileOutcome): ProblemKind =>
  outcome === 'left-out' || outcome === 'duplicate' ? outcome : 'unreadable'

/** DICOM without pixels and plain documents are sound, only not pictures. */
function outcomeOfFault({ code }: Fault, path: string): FileOutcome {
  if (code === 'DICOM_NO_PIXELS') return 'left-out'
  return code === 'FORMAT_UNKNOWN' && isDocument(path) ? 'left-out' : 'unreadable'
}
