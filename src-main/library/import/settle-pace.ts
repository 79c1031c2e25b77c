/** Lets work be done now and then while something else goes on: at most a twentieth of the time. */
export class SettlePace {
  readonly #work: () => Promise<void>
  #next = Date.now() + 1000

  constructor(work: () => Promise<void>) {
    this.#work = work
  }

  async maybe(): Promise<void> {
    const start = Date.now()
    if (start < this.#next) return
    this.#next = Number.POSITIVE_INFINITY
    await this.#work()
    const end = Date.now()
    this.#next = end + Math.max(1500, 20 * (end - start))
  }
}
