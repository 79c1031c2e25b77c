import { type Instance, isWrittenOn } from './inputs'
import type { ExportDeps } from './types'

const AT_ONCE = 3

/**
 * Tells which files carry writing in their pixels: those the library knows to be of such a kind, and series whose
 * first file says so itself (screens, captures). What was asked of a series once is kept.
 */
export class WrittenOnSeries {
  readonly #engine: Pick<ExportDeps['engine'], 'burnedIn'>
  readonly #known = new Map<number, boolean>()

  constructor(engine: Pick<ExportDeps['engine'], 'burnedIn'>) {
    this.#engine = engine
  }

  async among(files: readonly Instance[]): Promise<Instance[]> {
    const first = new Map<number, Instance>()
    for (const file of files) {
      const { seriesId } = file
      if (!isWrittenOn(file) && !this.#known.has(seriesId) && !first.has(seriesId)) first.set(seriesId, file)
    }
    const waiting = [...first.values()].values()
    const lane = async () => {
      for (const { seriesId, path } of waiting) this.#known.set(seriesId, await this.#isLikely(path))
    }
    await Promise.all(Array.from({ length: AT_ONCE }, lane))
    return files.filter((file) => isWrittenOn(file) || this.#known.get(file.seriesId) === true)
  }

  /** A file that cannot be read is told of when it is exported. */
  async #isLikely(path: string): Promise<boolean> {
    return this.#engine.burnedIn(path).then(
      ({ likely }) => likely,
      () => false,
    )
  }
}
