/** Keeps the values used last, up to a sum of sizes; the one set last always stays. */
export class Lru<Value> {
  readonly #entries = new Map<string, { value: Value; size: number }>()
  readonly #limit: number
  readonly #release: (value: Value) => void
  #size = 0

  constructor(limit: number, release: (value: Value) => void = () => {}) {
    this.#limit = limit
    this.#release = release
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  /** Forgets a value without releasing it, if it is still the one that is kept. */
  forget(key: string, value: Value): void {
    const entry = this.#entries.get(key)
    if (entry?.value !== value) return
    this.#entries.delete(key)
    this.#size -= entry.size
  }

  /** Adds a value, or corrects the size of one that is there. */
  set(key: string, value: Value, size: number): void {
    this.#size += size - (this.#entries.get(key)?.size ?? 0)
    this.#entries.delete(key)
    this.#entries.set(key, { value, size })
    for (const [oldest, entry] of this.#entries) {
      if (this.#size <= this.#limit || this.#entries.size === 1) break
      this.#entries.delete(oldest)
      this.#size -= entry.size
      this.#release(entry.value)
    }
  }
}
