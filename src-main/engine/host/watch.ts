/** A stretch of work inside the engine process, as that process announced it. */
export interface Unit {
  workId: number
  /** Empty where it belongs to the work as a whole. */
  items: readonly number[]
}

/**
 * Knows what the engine process is working on, and calls back when a stretch takes too long; one of several items
 * is given the time of two.
 */
export class Watch {
  readonly #units = new Map<number, { unit: Unit; timer: NodeJS.Timeout }>()
  readonly #itemTimeoutMs: number
  readonly #overdue: (unit: Unit) => void

  constructor(itemTimeoutMs: number, overdue: (unit: Unit) => void) {
    this.#itemTimeoutMs = itemTimeoutMs
    this.#overdue = overdue
  }

  begin(id: number, unit: Unit): void {
    const patience = this.#itemTimeoutMs * (unit.items.length > 1 ? 2 : 1)
    const timer = setTimeout(() => this.#overdue(unit), patience)
    this.#units.set(id, { unit, timer })
  }

  end(id: number): void {
    clearTimeout(this.#units.get(id)?.timer)
    this.#units.delete(id)
  }

  /** What was under way; forgets it. */
  take(): Unit[] {
    const units = [...this.#units.values()]
    for (const { timer } of units) clearTimeout(timer)
    this.#units.clear()
    return units.map(({ unit }) => unit)
  }
}
