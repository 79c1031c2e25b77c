import type { Said } from '../protocol'

/** Tells the host what is being worked on at every moment, so that it knows what ended the process or hangs. */
export class Units {
  readonly #send: (message: Said) => void
  #next = 0

  constructor(send: (message: Said) => void) {
    this.#send = send
  }

  /**
   * For work on some items of a request: call the result when the work begins, and what that returns when it is
   * over. No items: work that belongs to the request as a whole.
   */
  begin(id: number, items: number[]): () => () => void {
    return () => {
      const unit = this.#next++
      this.#send({ type: 'begin', id, unit, items })
      return () => this.#send({ type: 'end', unit })
    }
  }
}
