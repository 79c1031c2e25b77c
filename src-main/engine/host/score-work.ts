import { type Fault, LeptonError } from '#shared/domain/fault'
import type { EngineRequest, FromEngine } from '../protocol'
import type { ImageResult, ScoreTask } from '../types'
import type { Work } from './work'

/** A scoring task: every wanted image is answered once, with findings or with the reason why not. */
export class ScoreWork implements Work {
  readonly settled: Promise<void>
  readonly #task: ScoreTask
  readonly #onResult: (result: ImageResult) => void
  readonly #wanted: ReadonlySet<number>
  readonly #remaining: Set<number>
  readonly #excluded = new Set<number>()
  #resolve: () => void = () => {}
  #reject: (error: unknown) => void = () => {}

  constructor(task: ScoreTask, onResult: (result: ImageResult) => void) {
    this.#task = task
    this.#onResult = onResult
    this.#wanted = new Set(task.wanted)
    this.#remaining = new Set(task.wanted)
    this.settled = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  remaining(): number[] {
    return [...this.#remaining]
  }

  request(items: readonly number[]): EngineRequest {
    const { model, provider, threshold, flips, stack } = this.#task
    return {
      kind: 'score',
      model,
      provider,
      threshold,
      flips,
      stack: [...stack],
      wanted: [...items],
      excluded: [...this.#excluded],
    }
  }

  accept(message: FromEngine): boolean {
    if (message.type !== 'images') return message.type !== 'headers' && message.type !== 'answer'
    if (message.results.some(({ index }) => !this.#wanted.has(index))) return false
    for (const result of message.results) this.#give(result)
    return true
  }

  giveUp(item: number, fault: Fault): void {
    this.#excluded.add(item)
    this.#give({ index: item, status: 'failed', fault })
  }

  /** Hands a result over once; a receiver that throws ends the task, not the engine. */
  #give(result: ImageResult): void {
    if (!this.#remaining.delete(result.index)) return
    try {
      this.#onResult(result)
    } catch (error) {
      this.#reject(error)
    }
  }

  settle(fault?: Fault): void {
    if (fault) this.#reject(new LeptonError(fault.code, fault))
    else this.#resolve()
  }
}
