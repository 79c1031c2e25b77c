/** Runs a few pieces of work at once; `start` waits for a free lane, the first failure is thrown by the next call. */
export class Lanes {
  readonly #width: number
  readonly #running = new Set<Promise<void>>()
  #failure: { reason: unknown } | null = null

  constructor(width: number) {
    this.#width = width
  }

  async start(work: () => Promise<void>): Promise<void> {
    while (this.#running.size >= this.#width) await Promise.race(this.#running)
    this.#check()
    const lane = work()
      .catch((reason: unknown) => {
        this.#failure ??= { reason }
      })
      .finally(() => this.#running.delete(lane))
    this.#running.add(lane)
  }

  async idle(): Promise<void> {
    await Promise.all(this.#running)
    this.#check()
  }

  #check(): void {
    if (this.#failure) throw this.#failure.reason
  }
}
