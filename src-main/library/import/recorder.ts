import { lstatSync } from 'node:fs'
import type { Database } from '#main/database/open'
import { type Fault, fault as faultRecord, LeptonError } from '#shared/domain/fault'
import type { InstanceHeader } from '#shared/domain/image'
import { isDocument } from './clutter'
import { placeOf, placeOfVersion } from './grouping'
import { type InstanceRow, InstanceRows } from './instance-rows'
import { type FileOutcome, type KnownFile, KnownFiles } from './known-files'
import { isUnchanged, type Likeness, Likenesses } from './likeness'
import { type ProblemKind, Problems } from './problems'
import { Replacement } from './replacement'

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
  content: { header: InstanceHeader; disguise: string | null } | { fault: Fault }
  phantom: boolean
  /** How its bytes compare with the instances of its identity, by their ids; absent until they were compared. */
  likeness?: ReadonlyMap<number, Likeness>
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
  readonly #likenesses
  readonly #replacement
  readonly #options: RecorderOptions

  constructor(database: Database, options: RecorderOptions) {
    this.#files = new KnownFiles(database)
    this.#problems = new Problems(database)
    this.#instances = new InstanceRows(database)
    this.#likenesses = new Likenesses(database)
    this.#replacement = new Replacement(database)
    this.#options = options
  }

  /** At the start of each transaction. */
  begin(): void {
    this.#instances.begin()
  }

  /** What became of the file; null where its bytes must be compared with those of a known object first. */
  record(file: ReadFile): FileOutcome | null {
    const former = this.#formerOf(file)
    if ('fault' in file.content) {
      const { fault } = file.content
      if (former && tellsOfContent(fault) && !isUnchanged(former, file.sizeBytes, file.modifiedMs)) {
        this.#replacement.of(former, file)
      }
      return this.#note(file, outcomeOfFault(fault, file.shownPath), null, fault)
    }
    const { header, disguise } = file.content
    const notice = disguise === null ? null : disguised(disguise)
    const place = placeOf(header, file)
    const versions = this.#instances.versionsOf(place.instanceKey)
    const likeness = new Map(versions.map((row) => [row, this.#likenesses.atOnce(row, file)]))
    if ([...likeness.values()].includes(null)) return null
    const like = (wanted: Likeness) => versions.find((row) => likeness.get(row) === wanted)
    const same = like('same') ?? like('unproven')
    if (!same && versions.length > 0 && !file.sha256) return null
    if (former && (former.id !== same?.id || !this.#instances.holds(former, header, file))) {
      this.#replacement.of(former, file)
      return this.record(file)
    }
    if (same) return this.#recordAgain(file, same, likeness.get(same) === 'same', notice)
    const first = versions[0]
    if (!first || !file.sha256)
      return this.#note(file, 'image', this.#instances.insert(place, header, file), notice)
    const taken = versions.map((row) => row.series_key)
    const version = placeOfVersion(place, file.sha256, file, taken)
    const fault = otherVersion(first.shown_path, file.sizeBytes)
    return this.#note(file, 'image', this.#instances.insert(version, header, file), fault)
  }

  /** Paths of the library's own files that replaced instances left behind. */
  takeFreed(): string[] {
    return this.#replacement.takeFreed()
  }

  /** The instance that was read from this very place before. */
  #formerOf(file: ReadFile): InstanceRow | undefined {
    const there = this.#instances.byPath(file.path, file.shownPath)
    if (there) return there
    const known = this.#files.find(file.foundAs)?.instanceId
    const row = known ? this.#instances.byId(known) : undefined
    return row && this.#likenesses.isOwn(row, file) ? row : undefined
  }

  /** The object is known: the same file again, the file moved, or a second copy. */
  #recordAgain(file: ReadFile, same: InstanceRow, proven: boolean, notice: Fault | null): FileOutcome {
    const isOwn = this.#likenesses.isOwn(same, file)
    if (!isOwn && lstatSync(same.path, { throwIfNoEntry: false })) {
      return this.#note(file, 'duplicate', same.id, alreadyThere(same.shown_path))
    }
    this.#instances.moveTo(same.id, file)
    if (!proven) this.#instances.forgetThumbnails(same.id)
    return this.#note(file, 'image', same.id, notice)
  }

  /** A file that an earlier job read and that has not changed since: only a line of this job is written. */
  recordKnown({ path, outcome, fault }: KnownFile): void {
    if (!this.#options.listProblems || outcome === 'archive') return
    const kind = outcome === 'image' ? 'duplicate' : outcome
    const reason = fault && outcome !== 'image' ? storedFault(fault) : alreadyThere(path)
    this.#problems.add(this.#options.jobId, path, kind, reason)
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
      fault && listProblems
        ? this.#problems.add(jobId, file.shownPath, problemKind(outcome, fault), fault)
        : null
    const path = file.foundAs
    // a path that leads nowhere is a problem of this job, not something the library knows
    if (fault?.code === 'FILE_NOT_FOUND' && !lstatSync(path, { throwIfNoEntry: false })) return outcome
    this.#files.write({ path, ...file.knownBy, outcome, instanceId, fault, jobId, problemId })
    return outcome
  }
}

const alreadyThere = (path: string) => new LeptonError('DUPLICATE', { received: path }).toFault()
const otherVersion = (first: string, sizeBytes: number) =>
  new LeptonError('OTHER_VERSION', {
    expected: `the same bytes as ${first}`,
    received: `other bytes under the same identifier (${sizeBytes} in all)`,
    remedy: 'Nothing, if both are wanted: each is scored and reported by its own bytes.',
  }).toFault()
const disguised = (received: string) =>
  new LeptonError('DISGUISED_FILE', {
    expected: 'a preamble of zeros or one that is harmless',
    received: `one that begins as ${received}`,
    remedy: 'Do not open it with other software; a de-identified copy has an empty preamble.',
  }).toFault()
const storedFault = (text: string) => faultRecord.parse(JSON.parse(text))

function problemKind(outcome: FileOutcome, { code }: Fault): ProblemKind {
  if (outcome === 'image') return code === 'DISGUISED_FILE' ? 'disguised' : 'other-version'
  return outcome === 'left-out' || outcome === 'duplicate' ? outcome : 'unreadable'
}

/** Whether a fault is one of the bytes of a file, not of reaching it or of the app. */
const tellsOfContent = ({ code }: Fault) => !accessFaults.has(code)

const accessFaults = new Set<Fault['code']>([
  'FILE_NOT_FOUND',
  'FILE_UNREADABLE',
  'ENGINE_CRASHED',
  'ENGINE_TIMEOUT',
  'DISK_FULL',
  'CANCELLED',
  'INTERNAL',
])

/** DICOM without pixels and plain documents are sound, only not pictures. */
function outcomeOfFault({ code }: Fault, path: string): FileOutcome {
  if (code === 'DICOM_NO_PIXELS') return 'left-out'
  return code === 'FORMAT_UNKNOWN' && isDocument(path) ? 'left-out' : 'unreadable'
}
