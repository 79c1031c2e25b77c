import { mkdir } from 'node:fs/promises'
import type { JobContext } from '#main/jobs/types'
import { type ExportRequest, exportRequest } from '#shared/contract/deidentify'
import type { PixelBox } from '#shared/domain/deidentification'
import { type FaultCode, faultOf } from '#shared/domain/fault'
import { exportFile, numbered } from './export-file'
import { asItem, instancesOf } from './inputs'
import { ExportItems, type ItemCounts, type NewItem, type WaitingItem } from './item-store'
import { librarySecret } from './secret'
import type { ExportDeps } from './types'
import { writeReports } from './write-reports'

/** Files handed to the engine at once, so that its threads never wait. */
const AT_ONCE = 3
const CHUNK = 500
/** What is no picture, or can never be made safe, is left out; everything else that goes wrong is a failure. */
const LEFT_OUT: ReadonlySet<FaultCode> = new Set(['FORMAT_UNKNOWN', 'NOT_DEIDENTIFIABLE', 'FILE_EMPTY'])

/** Runs export jobs, from wherever they stand. */
export function createExportRunner(deps: ExportDeps): (context: JobContext) => Promise<void> {
  return (context) => new ExportRun(deps, context).work()
}

class ExportRun {
  readonly #deps: ExportDeps
  readonly #context: JobContext
  readonly #request: ExportRequest
  readonly #items: ExportItems
  readonly #reviewed: ReadonlyMap<string, PixelBox[]>
  readonly #reserved = new Set<string>()
  readonly #secret: string
  #counts: ItemCounts = { total: 0, done: 0, skipped: 0, failed: 0 }

  constructor(deps: ExportDeps, context: JobContext) {
    this.#deps = deps
    this.#context = context
    this.#request = exportRequest.parse(context.request)
    this.#items = new ExportItems(deps.database)
    this.#secret = librarySecret(deps.dataFolder)
    this.#reviewed = reviewedPaths(deps, this.#request)
  }

  async work(): Promise<void> {
    const { jobId, signal, progress } = this.#context
    // the total is known once the listing is complete; one that was cut short is done again
    if (this.#deps.jobs.get(jobId).total === null) {
      this.#items.clear(jobId)
      await this.#list()
      if (signal.aborted) return
    }
    this.#counts = this.#items.counts(jobId)
    progress(this.#counts)
    await mkdir(this.#request.folder, { recursive: true })
    const queue = this.#waiting()
    const lane = async () => {
      for (let item = queue.next(); !item.done && !signal.aborted; item = queue.next())
        await this.#one(item.value)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, lane))
    if (!signal.aborted) await writeReports(this.#deps, this.#items, jobId, this.#request)
  }

  async #list(): Promise<void> {
    const { target, folder } = this.#request
    const { jobId, signal } = this.#context
    let ordinal = 0
    const add = (items: readonly NewItem[]) => {
      this.#items.add(jobId, ordinal, items)
      ordinal += items.length
    }
    if (target.kind !== 'paths') return add(instancesOf(this.#deps.database, target).map(asItem))
    let found: NewItem[] = []
    for await (const { path, fault } of this.#deps.walk(target.paths, signal)) {
      // an earlier export below the input
      if (path.startsWith(folder)) continue
      found.push({ path, imageId: null, seriesId: null, fault: fault?.toFault() ?? null })
      if (found.length < CHUNK) continue
      add(found)
      found = []
    }
    add(found)
  }

  *#waiting(): Generator<WaitingItem> {
    for (let after = 0; ; ) {
      const items = this.#items.waiting(this.#context.jobId, after)
      if (items.length === 0) return
      yield* items
      after = items.at(-1)?.id ?? after
    }
  }

  async #one(item: WaitingItem): Promise<void> {
    const { jobId, signal, progress } = this.#context
    const boxes = this.#reviewed.get(item.path) ?? null
    const reserve = (name: string) => this.#reserve(name)
    try {
      const work = { jobId, item, request: this.#request, boxes, secret: this.#secret, signal, reserve }
      const { name, report, keys } = await exportFile(this.#deps, work)
      this.#items.written(item.id, name, report, keys)
      this.#counts.done++
    } catch (error) {
      if (signal.aborted) return
      const why = faultOf(error)
      // nothing else could be written either
      if (why.code === 'DISK_FULL' || why.code === 'OUTPUT_UNWRITABLE') throw error
      const state = LEFT_OUT.has(why.code) ? 'skipped' : 'failed'
      this.#items.missed(item.id, state, why)
      this.#counts[state]++
    }
    progress({ ...this.#counts })
  }

  #reserve(name: string): string {
    for (let number = 1; ; number++) {
      const free = numbered(name, number)
      const key = free.toLowerCase()
      if (this.#reserved.has(key) || this.#items.isTaken(this.#context.jobId, free)) continue
      this.#reserved.add(key)
      return free
    }
  }
}

function reviewedPaths({ database }: ExportDeps, { reviewed }: ExportRequest): Map<string, PixelBox[]> {
  const path = database.prepare<[number], string>('SELECT path FROM instances WHERE id = ?').pluck()
  return new Map(
    reviewed.flatMap(({ instanceId, boxes }) => {
      const found = path.get(instanceId)
      return found === undefined ? [] : [[found, boxes] as const]
    }),
  )
}
