interface PrefetchOptions {
  /** Images in the stack. */
  count: number
  /** How many of them may be held at once. */
  most: number
  /** Requests under way at once; few, so that the picture asked for now does not wait behind them. */
  parallel: number
  load: (index: number) => Promise<unknown>
}

/**
 * Loads the images of a stack ahead of the reader: nearest first, two ahead in the direction of travel for
 * each one behind. What failed is left alone; the viewport asks again, and says so, when it gets there.
 */
export class Prefetcher {
  private readonly asked = new Set<number>()
  private queue: number[] = []
  private running = 0
  private stopped = false

  constructor(private readonly options: PrefetchOptions) {}

  /** Sets out again from where the reader is now; `direction` is the sign of the last step. */
  aim(index: number, direction: number): void {
    this.queue = loadingOrder(index, direction, this.options.count, this.options.most).filter(
      (candidate) => !this.asked.has(candidate),
    )
    if (this.asked.size > this.options.most * 2) this.asked.clear()
    this.pump()
  }

  stop(): void {
    this.stopped = true
    this.queue = []
  }

  private pump(): void {
    while (!this.stopped && this.running < this.options.parallel) {
      const next = this.queue.shift()
      if (next === undefined) return
      this.asked.add(next)
      this.running += 1
      this.options
        .load(next)
        .catch(() => undefined)
        .finally(() => {
          this.running -= 1
          this.pump()
        })
    }
  }
}

/** Indices around `index`, without it, in the order they should be loaded; at most `most - 1`. */
export function loadingOrder(index: number, direction: number, count: number, most: number): number[] {
  const step = direction < 0 ? -1 : 1
  const order: number[] = []
  let ahead = index + step
  let behind = index - step
  const inside = (candidate: number) => candidate >= 0 && candidate < count
  while ((inside(ahead) || inside(behind)) && order.length < most - 1) {
    for (let two = 0; two < 2; two += 1, ahead += step) if (inside(ahead)) order.push(ahead)
    if (inside(behind)) order.push(behind)
    behind -= step
  }
  return order.slice(0, Math.max(0, most - 1))
}
