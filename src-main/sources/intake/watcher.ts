import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '#main/database/open'
import type { Library } from '#main/library/types'
import { type Fault, LeptonError } from '#shared/domain/fault'

const LOOK_EVERY_MS = 5_000
/** A look that takes long is taken less often: at most a twentieth of the time is spent looking. */
const REST_FACTOR = 20
const AT_ONCE = 5_000

interface Watched {
  path: string
  fault: Fault | null
  taken: number
  /** What was seen last of a file that is not taken in yet. */
  seen: Map<string, string>
  settled: Map<string, string>
}

/**
 * Looks into folders for new files and takes them in once they are complete: the same size and time at two
 * looks. Network drives do not tell of changes, so it looks.
 */
export class Watcher {
  readonly #library: Pick<Library, 'import'>
  readonly #imported: (jobId: number) => void
  readonly #report: (error: unknown) => void
  readonly #everyMs: number
  readonly #known
  #folders: Watched[] = []
  #timer: NodeJS.Timeout | null = null
  #looking: Promise<void> = Promise.resolve()

  constructor(options: {
    database: Database
    library: Pick<Library, 'import'>
    imported: (jobId: number) => void
    report: (error: unknown) => void
    everyMs?: number
  }) {
    this.#library = options.library
    this.#imported = options.imported
    this.#report = options.report
    this.#everyMs = options.everyMs ?? LOOK_EVERY_MS
    this.#known = options.database
      .prepare<[string, number, number], number>(
        "SELECT 1 FROM files WHERE path = ? AND size_bytes = ? AND modified_ms = ? AND outcome <> 'unreadable'",
      )
      .pluck()
  }

  get state() {
    return this.#folders.map(({ path, fault, taken }) => ({ path, fault, taken }))
  }

  watch(folders: readonly string[]): void {
    const before = this.#folders
    this.#folders = folders.map(
      (path) =>
        before.find((folder) => folder.path === path) ?? {
          path,
          fault: null,
          taken: 0,
          seen: new Map(),
          settled: new Map(),
        },
    )
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    if (folders.length > 0) this.#plan(0)
  }

  async close(): Promise<void> {
    this.watch([])
    await this.#looking
  }

  #plan(delay: number): void {
    this.#timer = setTimeout(() => {
      const begun = performance.now()
      this.#looking = this.#look()
        .catch(this.#report)
        .then(() => {
          const spent = performance.now() - begun
          if (this.#folders.length > 0) this.#plan(Math.max(this.#everyMs, spent * REST_FACTOR))
        })
    }, delay).unref()
  }

  async #look(): Promise<void> {
    for (const folder of [...this.#folders]) {
      try {
        const complete = await this.#completeOf(folder)
        folder.fault = null
        for (let from = 0; from < complete.length; from += AT_ONCE) {
          const paths = complete.slice(from, from + AT_ONCE)
          this.#imported(this.#library.import(paths).jobId)
          folder.taken += paths.length
        }
      } catch (error) {
        folder.fault = folderFault(folder.path, error)
      }
    }
  }

  async #completeOf(folder: Watched): Promise<string[]> {
    const complete: string[] = []
    const entries = await readdir(folder.path, { recursive: true, withFileTypes: true })
    for (const entry of entries) {
      if (!entry.isFile() || entry.name.startsWith('.')) continue
      const path = join(entry.parentPath, entry.name)
      const stats = await stat(path).catch(() => null)
      if (!stats || stats.size === 0) continue
      const now = `${stats.size} ${stats.mtimeMs}`
      if (folder.settled.get(path) === now) continue
      if (this.#known.get(path, stats.size, Math.round(stats.mtimeMs)) !== undefined) {
        folder.settled.set(path, now)
      } else if (folder.seen.get(path) === now) {
        complete.push(path)
        folder.seen.delete(path)
        folder.settled.set(path, now)
      } else {
        folder.seen.set(path, now)
      }
    }
    return complete
  }
}

function folderFault(path: string, cause: unknown): Fault {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const missing = code === 'ENOENT' || code === 'ENOTDIR'
  return new LeptonError(missing ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE', {
    expected: 'a folder that can be read',
    received: missing ? path : `${path} (${code})`,
    remedy: 'Check the path, or connect the drive.',
    cause,
  }).toFault()
}
