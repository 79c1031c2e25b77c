import type { Fault } from '#shared/domain/fault'
import type { EngineRequest, FromEngine } from '../protocol'

/** What the engine process is asked to do, in a form that survives that process. */
export interface Work {
  /** Items not answered yet; a work with a single answer has one item, 0. */
  remaining(): number[]
  /** The request for some of its items. */
  request(items: readonly number[]): EngineRequest
  /** Takes an answer of the engine process; false where it is about something that was never asked. */
  accept(message: FromEngine): boolean
  /** Gives an item up, for ever. */
  giveUp(item: number, fault: Fault): void
  /** Ends the work as a whole; without a fault it is complete. Further calls do nothing. */
  settle(fault?: Fault): void
}
