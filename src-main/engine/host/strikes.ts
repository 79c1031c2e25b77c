import type { Fault } from '#shared/domain/fault'
import type { Unit } from './watch'
import type { Work } from './work'

/** Ends of the process that one item may cause before it is given up. */
const MOST = 2

/** An item to be tried once more with nothing else under way; of a work that is to blame as a whole, any item. */
export interface Suspect {
  workId: number
  item: number
}

/** Keeps count of who was at work when the engine process ended. */
export class Strikes {
  readonly #counts = new Map<string, number>()
  #suspects: Suspect[] = []

  /**
   * Blames what was under way. Items that are to blame twice are given up with this fault; returned are the works
   * that have to be given up as a whole.
   */
  blame(units: readonly Unit[], works: ReadonlyMap<number, Work>, fault: Fault): number[] {
    const hopeless: number[] = []
    for (const { workId, items } of units) {
      const work = works.get(workId)
      if (!work) continue
      if (items.length === 0) {
        const [item] = work.remaining()
        if (this.#strike(`${workId}`) >= MOST) hopeless.push(workId)
        else if (item !== undefined) this.#suspects.push({ workId, item })
      }
      for (const item of new Set(items)) {
        const strikes = this.#strike(`${workId} ${item}`)
        this.#suspects = this.#suspects.filter((other) => other.workId !== workId || other.item !== item)
        if (strikes >= MOST) work.giveUp(item, fault)
        else this.#suspects.push({ workId, item })
      }
    }
    return hopeless
  }

  /** The next item to be tried alone. */
  next(): Suspect | undefined {
    return this.#suspects[0]
  }

  clear(suspect: Suspect): void {
    this.#suspects = this.#suspects.filter((other) => other !== suspect)
  }

  forget(workId: number): void {
    this.#suspects = this.#suspects.filter((other) => other.workId !== workId)
    for (const key of this.#counts.keys()) {
      if (key === `${workId}` || key.startsWith(`${workId} `)) this.#counts.delete(key)
    }
  }

  #strike(key: string): number {
    const count = (this.#counts.get(key) ?? 0) + 1
    this.#counts.set(key, count)
    return count
  }
}
