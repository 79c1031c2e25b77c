const WINDOW_MS = 10_000

/** Items per second over the last ten seconds, told from how many had ended at which moment. */
export class Pace {
  #samples: { at: number; ended: number }[] = []

  note(ended: number, at = performance.now()): void {
    this.#samples.push({ at, ended })
    while (this.#samples.length > 2 && at - (this.#samples[1]?.at ?? at) > WINDOW_MS) this.#samples.shift()
  }

  /** Null before there is anything to tell it from. */
  rate(): number | null {
    const first = this.#samples[0]
    const last = this.#samples.at(-1)
    if (!first || !last || last.at - first.at < 200 || last.ended <= first.ended) return null
    return ((last.ended - first.ended) * 1000) / (last.at - first.at)
  }
}
