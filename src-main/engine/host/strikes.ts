import type { Fault } from '#shared/domain/fault'
import type { Unit } from './watch'
import type { Work } from './work'

/** Ends of the process with nothing else under way that give an item up: the first one and the second try. */
const MOST_ALONE = 2
/** The same with others under way, where it may have been any of them. */
const MOST_IN_COMPANY = 4

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
   * Blames what was under way, alone or in company. Items that are to blame too often are given up with this
   * fault; returned are the works that have to be given up as a whole.
   */
  blame(units: readonly Unit[], works: ReadonlyMap<number, Work>, fault: Fault, alone: boolean): number[] {
    const most = alone ? MOST_ALONE : MOST_IN_COMPANY
    const hopeless: number[] = []
    for (const { workId, items } of units) {
      const work = works.get(workId)
      if (!work) continue
      if (items.length === 0) {
        const [item] = work.remaining()
        if (this.#strike(`${workId}`) >= most) hopeless.push(workId)
        else if (item !== undefined) this.#suspects.push({ workId, item })
      }
      for (const item of new Set(items)) {
        const strikes = this.#strike(`${workId} ${item}`)
        this.#suspects = this.#suspects.filter((other) => other.workId !== workId || other.item !== item)
        if (strikes >= most) work.giveUp(item, fault)
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
