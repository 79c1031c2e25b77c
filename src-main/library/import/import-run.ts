import { rm, stat } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import type { Database } from '#main/database/open'
import type { Engine, HeaderResult } from '#main/engine/types'
import { type Fault, faultOf, LeptonError } from '#shared/domain/fault'
import { settleSeries } from '../settle'
import type { ImportCounts, TakeInOptions } from '../types'
import { type ArchiveMember, beginsAsArchive, inspect, readArchive } from './archive'
import { type Candidate, fileCandidate, ownedCandidate } from './candidate'
import { namesArchive } from './clutter'
import { referredFiles } from './directory'
import { memberFault, noAnswer, unlessDiskFull } from './faults'
import { type KnownFile, KnownFiles } from './known-files'
import { Lanes } from './lanes'
import type { OwnedStore } from './owned-store'
import type { ReadFile } from './recorder'
import { SettlePace } from './settle-pace'
import { Tally } from './tally'
import { distinctInputs, type FoundFile, walk } from './walk'
import { Writer } from './writer'

/** Files whose headers are asked for together. */
const readAtOnce = 128
/** Such requests under way: the engine has enough to read while a bundle of rows is written. */
const lanes = 4

export interface ImportParts {
  database: Database
  engine: Engine
  store: OwnedStore
  /** Files below are phantoms of the app. */
  sampleFolder: string
  /** Called after new rows can be seen. */
  changed(): void
}

export interface ImportRunOptions extends TakeInOptions {
  listProblems: boolean
}

/** One pass over the inputs of an import: walk, read headers in batches, write rows, settle stacks. */
export class ImportRun {
  readonly #parts: ImportParts
  readonly #options: ImportRunOptions
  readonly #known: KnownFiles
  readonly #writer: Writer
  readonly #lanes = new Lanes(lanes)
  readonly #tally: Tally
  #batch: Candidate[] = []
  /** Settles once the batches handed out so far were passed on. */
  #passedOn: Promise<void> = Promise.resolve()
  /** Archives that only their content told apart; opened once everything else is read. */
  readonly #archives: Candidate[] = []
  /** What DICOMDIRs that were named themselves refer to; in a folder the walk finds it anyway. */
  readonly #referred: FoundFile[] = []
  #inputs: readonly string[] = []

  constructor(parts: ImportParts, options: ImportRunOptions) {
    this.#parts = parts
    this.#options = options
    this.#known = new KnownFiles(parts.database)
    this.#tally = new Tally(options.progress)
    this.#writer = new Writer(parts, options, this.#tally, new SettlePace(() => this.#settle()))
  }

  async run(paths: readonly string[]): Promise<ImportCounts> {
    const { signal } = this.#options
    const inputs = distinctInputs(paths)
    this.#inputs = inputs
    const counting = this.#count(inputs)
    try {
      for await (const found of walk(inputs, signal)) await this.#take(found)
      await this.#drain()
      for (const found of this.#referred) await this.#take(found)
      await this.#drain()
      for (const candidate of this.#archives) {
        await this.#takeArchive(candidate.upload ?? candidate.path)
        if (candidate.owned) await this.#writer.discardUnused(candidate.path)
      }
    } finally {
      await Promise.allSettled([this.#lanes.idle(), counting])
      await this.#settle()
    }
    if (!signal.aborted) this.#tally.total()
    return this.#tally.counts
  }

  async #settle(): Promise<void> {
    await settleSeries(this.#parts.database)
    this.#parts.changed()
  }

  /** Counts the files ahead of reading them, so that the progress has an end. */
  async #count(inputs: readonly string[]): Promise<void> {
    let total = 0
    for await (const { path } of walk(inputs, this.#options.signal)) {
      const members = namesArchive(path) ? inspect(path, this.#parts.store.folder).catch(() => 1) : 1
      total += await members
    }
    if (!this.#options.signal.aborted) this.#tally.total(total)
  }

  async #take({ path, fault }: FoundFile): Promise<void> {
    if (fault) return this.#fail(fileCandidate(path), fault.toFault())
    const { uploadFolder } = this.#options
    const known = this.#known.find(path)
    if (known && (await this.#isUnchanged(known))) return this.#recall(known)
    if (namesArchive(path)) return this.#takeArchive(path)
    if (!uploadFolder) return this.#enqueue(fileCandidate(path))
    const shownPath = relative(uploadFolder, path).split(sep).join('/')
    const stats = await stat(path)
    const kept = await this.#parts.store.keepFile(path)
    const knownBy = { sizeBytes: stats.size, modifiedMs: stats.mtimeMs }
    await this.#enqueue(ownedCandidate({ foundAs: path, shownPath, kept, knownBy, upload: path }))
  }

  /** Members are unpacked into the library's store, for the archive may be gone tomorrow. */
  async #takeArchive(path: string): Promise<void> {
    const { store } = this.#parts
    const { uploadFolder, signal } = this.#options
    const shownArchive = uploadFolder ? relative(uploadFolder, path).split(sep).join('/') : path
    const stats = await stat(path)
    const knownBy = { sizeBytes: stats.size, modifiedMs: Math.round(stats.mtimeMs) }
    const before = new Map(this.#known.membersOf(path).map((file) => [file.path, file]))
    try {
      for await (const member of readArchive(path, store.folder)) {
        if (signal.aborted) return
        const foundAs = `${path}!/${member.name}`
        const shownPath = `${shownArchive}!/${member.name}`
        const known = before.get(foundAs)
        if (known && sameFile(known, knownBy) && this.#isSettledWith(known)) this.#recall(known)
        else await this.#takeMember(member, { foundAs, shownPath, knownBy })
      }
    } catch (error) {
      if (error instanceof LeptonError && error.code === 'DISK_FULL') throw error
      return this.#fail({ ...fileCandidate(path), shownPath: shownArchive }, faultOf(error))
    }
    await this.#drain()
    // an archive is known only when all its members are
    if (signal.aborted) return
    this.#writer.write((recorder) => recorder.recordArchive(path, knownBy))
    if (uploadFolder) await rm(path, { force: true })
  }

  async #takeMember(
    member: ArchiveMember,
    names: { foundAs: string; shownPath: string; knownBy: ReadFile['knownBy'] },
  ): Promise<void> {
    try {
      const kept = await this.#parts.store.keep(member.open, member.crc32)
      await this.#enqueue(ownedCandidate({ ...names, kept }))
    } catch (error) {
      const cause = unlessDiskFull(error)
      if (cause !== error) throw cause
      const { foundAs, shownPath, knownBy } = names
      await this.#fail({ ...fileCandidate(foundAs), shownPath, knownBy }, memberFault(error))
    }
  }

  async #enqueue(candidate: Candidate): Promise<void> {
    if (this.#batch.push(candidate) >= readAtOnce) await this.#dispatch()
  }

  async #dispatch(): Promise<void> {
    const batch = this.#batch
    this.#batch = []
    if (batch.length === 0) return
    const before = this.#passedOn
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#passedOn = promise
    await this.#lanes.start(() => this.#readBatch(batch, before).finally(resolve))
  }

  async #drain(): Promise<void> {
    await this.#dispatch()
    await this.#lanes.idle()
    await this.#writer.flush()
  }

  /** Files are passed on in the order they were found in: the first of several versions is not left to chance. */
  async #readBatch(batch: readonly Candidate[], before: Promise<void>): Promise<void> {
    const { engine } = this.#parts
    const { signal } = this.#options
    const results = new Map<string, HeaderResult>()
    try {
      const paths = [...new Set(batch.map(({ path }) => path))]
      for await (const result of engine.headers(paths, signal)) results.set(result.path, result)
    } catch (error) {
      if (!signal.aborted) throw error
    }
    await before
    for (const candidate of batch) {
      const result = results.get(candidate.path)
      if (result) await this.#accept(candidate, result)
      else if (!signal.aborted) await this.#fail(candidate, noAnswer())
    }
    await this.#writer.flushIfFull()
  }

  async #accept(candidate: Candidate, result: HeaderResult): Promise<void> {
    if (!('fault' in result)) {
      const { header, sizeBytes, modifiedMs, disguise } = result
      const knownBy = candidate.knownBy ?? { sizeBytes, modifiedMs }
      const sha256 = candidate.sha256 ?? result.sha256
      const phantom = candidate.path.startsWith(this.#parts.sampleFolder + sep)
      const file = {
        ...candidate,
        knownBy,
        sizeBytes,
        modifiedMs,
        sha256,
        content: { header, disguise },
        phantom,
      }
      this.#writer.add(file, candidate)
    } else if (result.fault.code === 'FORMAT_UNKNOWN' && (await this.#isArchive(candidate))) {
      this.#archives.push(candidate)
    } else {
      await this.#fail(candidate, result.fault)
      if (result.references && this.#inputs.includes(candidate.path)) {
        this.#referred.push(...(await referredFiles(candidate.path, result.references)))
      }
    }
  }

  /** An archive under another name; one inside an archive is not opened. */
  async #isArchive({ path, shownPath }: Candidate): Promise<boolean> {
    return !shownPath.includes('!/') && (await beginsAsArchive(path))
  }

  async #fail(candidate: Candidate, fault: Fault): Promise<void> {
    const stats = candidate.knownBy ? null : await stat(candidate.path).catch(() => null)
    const knownBy = candidate.knownBy ?? { sizeBytes: stats?.size ?? 0, modifiedMs: stats?.mtimeMs ?? 0 }
    const file = { ...candidate, knownBy, ...knownBy, content: { fault }, phantom: false }
    this.#writer.add(file, candidate)
  }

  async #isUnchanged(known: KnownFile): Promise<boolean> {
    if (!this.#isSettledWith(known)) return false
    const stats = await stat(known.path).catch(() => null)
    return stats !== null && sameFile(known, { sizeBytes: stats.size, modifiedMs: Math.round(stats.mtimeMs) })
  }

  /** What could not be read is tried again by the next import, for the app may have learnt to. */
  #isSettledWith({ outcome, jobId }: KnownFile): boolean {
    return outcome !== 'unreadable' || jobId === this.#options.jobId
  }

  #recall(known: KnownFile): void {
    if (known.outcome === 'archive') {
      for (const member of this.#known.membersOf(known.path)) this.#recall(member)
    } else if (known.jobId === this.#options.jobId) {
      this.#tally.add(known.outcome)
    } else {
      this.#writer.write((recorder) => recorder.recordKnown(known))
      this.#tally.add(known.outcome === 'image' ? 'duplicate' : known.outcome)
    }
  }
}

const sameFile = (known: KnownFile, now: ReadFile['knownBy']) =>
  known.sizeBytes === now.sizeBytes && known.modifiedMs === now.modifiedMs
