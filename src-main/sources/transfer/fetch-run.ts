import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { JobContext } from '#main/jobs/types'
import type { WantedPart } from '#shared/contract/sources'
import { type Fault, faultOf, LeptonError } from '#shared/domain/fault'
import type { Held } from '../held'
import type { Archive, RemoteInstance } from '../types'
import { endsTransfer, type Outcome, TransferItems } from './items'
import { listPart, type RemoteGroup } from './listing'
import { Spool } from './spool'
import type { TransferDeps } from './types'

/** The library takes in what has arrived at least this often. */
const AT_ONCE = 2000

/**
 * Fetches studies and series into the library: lists what the archive has, leaves out what the library has,
 * fetches series by series into the spool and hands them over. Resumed, it goes on with what has not arrived.
 */
export class FetchRun {
  readonly #deps: TransferDeps
  readonly #held: Held
  readonly #archive: Archive
  readonly #context: JobContext
  readonly #items: TransferItems
  /** Becomes the library's, file by file; paths below it are what a person sees of them. */
  readonly #root: string
  readonly #folder: string

  constructor(deps: TransferDeps, held: Held, archive: Archive, name: string, context: JobContext) {
    this.#deps = deps
    this.#held = held
    this.#archive = archive
    this.#context = context
    this.#items = new TransferItems(deps.database, context.jobId)
    this.#root = join(deps.spoolFolder, `fetch-${context.jobId}`)
    this.#folder = join(this.#root, safeName(name))
  }

  async run(parts: readonly WantedPart[]): Promise<void> {
    const groups: RemoteGroup[] = []
    for (const part of parts) {
      groups.push(...(await listPart(this.#archive, this.#items, part)))
      this.#tell()
    }
    for (const group of groups) {
      for (let from = 0; from < group.instances.length; from += AT_ONCE) {
        if (this.#context.signal.aborted) return
        await this.#fetch(group, group.instances.slice(from, from + AT_ONCE))
        this.#tell()
      }
    }
    if (!this.#context.signal.aborted) await rm(this.#root, { recursive: true, force: true })
  }

  async #fetch(group: RemoteGroup, instances: readonly RemoteInstance[]): Promise<void> {
    const { studyUid, seriesUid } = group
    const pathOf = (uid: string) => `${studyUid}/${seriesUid}/${uid}`
    const open = new Set(this.#items.open())
    const wanted = instances.filter(({ uid }) => open.has(pathOf(uid)))
    const there = wanted.filter(({ uid }) => this.#held.has(uid))
    this.#items.settle(
      there.map(({ uid }) => ({ path: pathOf(uid), state: 'skipped', fault: alreadyThere() })),
    )
    const missing = wanted.filter((instance) => !there.includes(instance))
    if (missing.length === 0) return

    const spool = new Spool(join(this.#folder, studyUid, seriesUid))
    const faults = new Map<string, Fault>()
    let broken: unknown = null
    try {
      await this.#bring(
        { ...group, instances: missing },
        missing.length === group.instances.length,
        spool,
        faults,
      )
    } catch (error) {
      broken = error
    }
    if (this.#context.signal.aborted) return
    const arrived = await spool.arrived()
    if (arrived.size > 0) await this.#takeIn(spool)
    if (this.#context.signal.aborted) return
    this.#items.settle(
      missing.flatMap(({ uid }): Outcome[] => {
        const outcome = this.#outcomeOf(uid, spool, arrived.has(uid), faults.get(uid), broken !== null)
        return outcome ? [{ path: pathOf(uid), ...outcome }] : []
      }),
    )
    this.#tell()
    if (broken !== null) throw broken
  }

  /** Two passes: what a broken or incomplete answer left out is asked for once more, one by one. */
  async #bring(group: RemoteGroup, whole: boolean, spool: Spool, faults: Map<string, Fault>): Promise<void> {
    for (const pass of [1, 2]) {
      const arrived = await spool.arrived()
      const instances = group.instances.filter(({ uid }) => !arrived.has(uid))
      if (instances.length === 0 || this.#context.signal.aborted) return
      try {
        await this.#receive({ ...group, instances }, whole && arrived.size === 0, spool, faults, arrived.size)
      } catch (error) {
        if (this.#context.signal.aborted) return
        if (endsTransfer(error) && (pass === 2 || !isBroken(error))) throw error
        for (const { uid } of instances) faults.set(uid, faultOf(error))
      }
    }
  }

  async #receive(
    group: RemoteGroup,
    whole: boolean,
    spool: Spool,
    faults: Map<string, Fault>,
    before: number,
  ): Promise<void> {
    const asked = new Set(group.instances.map(({ uid }) => uid))
    const fetched = new Set<string>()
    const counts = this.#items.counts()
    for await (const arrival of this.#archive.retrieve({ ...group, whole }, spool)) {
      if (this.#context.signal.aborted) return
      if ('fault' in arrival) {
        faults.set(arrival.uid, arrival.fault)
        continue
      }
      const { sopInstance, path } = arrival.object
      if (asked.has(sopInstance)) fetched.add(sopInstance)
      else await rm(path, { force: true })
      this.#context.progress({ ...counts, done: counts.done + before + fetched.size })
    }
  }

  async #takeIn(spool: Spool): Promise<void> {
    const { jobId, signal } = this.#context
    await this.#deps.library.takeIn([spool.folder], { jobId, signal, uploadFolder: this.#root })
  }

  /** Null for what has not been tried to its end and waits for the job to be resumed. */
  #outcomeOf(
    uid: string,
    spool: Spool,
    arrived: boolean,
    fault: Fault | undefined,
    broken: boolean,
  ): Omit<Outcome, 'path'> | null {
    if (this.#held.has(uid)) return { state: 'done', fault: null }
    if (arrived) {
      const why = this.#held.faultOf(spool.pathOf(uid)) ?? otherObject(uid)
      return { state: why.code === 'DICOM_NO_PIXELS' ? 'skipped' : 'failed', fault: why }
    }
    return broken ? null : { state: 'failed', fault: fault ?? notSent() }
  }

  #tell(): void {
    this.#context.progress(this.#items.counts())
  }
}

const isBroken = (error: unknown) =>
  error instanceof LeptonError && (error.code === 'SOURCE_UNREACHABLE' || error.code === 'SOURCE_TIMEOUT')

/** A name as a folder of every system. */
const safeName = (name: string) => name.replace(/[^\p{L}\p{N}_-]+/gu, '_').slice(0, 64) || 'archive'

const alreadyThere = () => new LeptonError('DUPLICATE').toFault()

const notSent = () =>
  new LeptonError('SOURCE_FAILED', {
    expected: 'every object the archive lists',
    received: 'it did not send this one',
    remedy: 'Try again; if it stays so, look into the log of the archive.',
  }).toFault()

const otherObject = (uid: string) =>
  new LeptonError('SOURCE_ANSWER_INVALID', {
    expected: `object ${uid}`,
    received: 'another object under its name',
    remedy: 'Look into the log of the archive.',
  }).toFault()
