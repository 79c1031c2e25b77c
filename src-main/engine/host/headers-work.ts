import { type Fault, LeptonError } from '#shared/domain/fault'
import type { EngineRequest, FromEngine } from '../protocol'
import type { HeaderResult } from '../types'
import type { Work } from './work'

/** Headers of many files, read by whoever iterates as they come. */
export class HeadersWork implements Work {
  readonly #paths: readonly string[]
  readonly #remaining: Set<number>
  #arrived: HeaderResult[] = []
  #ended: { fault: Fault | null } | null = null
  #wake: () => void = () => {}

  constructor(paths: readonly string[]) {
    this.#paths = paths
    this.#remaining = new Set(paths.keys())
  }

  remaining(): number[] {
    return [...this.#remaining]
  }

  request(items: readonly number[]): EngineRequest {
    return { kind: 'headers', paths: items.map((item) => ({ item, path: this.#paths[item] ?? '' })) }
  }

  accept(message: FromEngine): boolean {
    if (message.type !== 'headers') return message.type !== 'images' && message.type !== 'answer'
    if (message.results.some(({ item, result }) => this.#paths[item] !== result.path)) return false
    for (const { item, result } of message.results) {
      if (this.#remaining.delete(item)) this.#arrived.push(result)
    }
    this.#wake()
    return true
  }

  giveUp(item: number, fault: Fault): void {
    if (this.#remaining.delete(item)) this.#arrived.push({ path: this.#paths[item] ?? '', fault })
    this.#wake()
  }

  settle(fault: Fault | null = null): void {
    this.#ended ??= { fault }
    this.#wake()
  }

  async *results(): AsyncGenerator<HeaderResult> {
    for (;;) {
      const arrived = this.#arrived
      this.#arrived = []
      yield* arrived
      if (this.#arrived.length > 0) continue
      if (this.#ended?.fault) throw new LeptonError(this.#ended.fault.code, this.#ended.fault)
      if (this.#ended) return
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
