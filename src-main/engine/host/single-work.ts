import { type Fault, LeptonError } from '#shared/domain/fault'
import type { Answer, EngineRequest, FromEngine } from '../protocol'
import type { Work } from './work'

/** A request with one answer. */
export class SingleWork implements Work {
  readonly answer: Promise<Answer>
  readonly #request: EngineRequest
  #answered = false
  #resolve: (answer: Answer) => void = () => {}
  #reject: (error: Error) => void = () => {}

  constructor(request: EngineRequest) {
    this.#request = request
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  remaining(): number[] {
    return this.#answered ? [] : [0]
  }

  request(): EngineRequest {
    return this.#request
  }

  accept(message: FromEngine): boolean {
    if (message.type !== 'answer') return message.type !== 'headers' && message.type !== 'images'
    if (message.answer.kind !== this.#request.kind) return false
    this.#answered = true
    this.#resolve(message.answer)
    return true
  }

  giveUp(_item: number, fault: Fault): void {
    this.settle(fault)
  }

  settle(fault?: Fault): void {
    this.#answered = true
    this.#reject(new LeptonError(fault?.code ?? 'INTERNAL', fault))
  }
}
