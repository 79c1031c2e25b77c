import type { Fault } from '#shared/domain/fault'
import { bundleFromEngine, type FromEngine, type ToEngine } from '../protocol'
import type { EngineStatus } from '../types'
import type { EngineProcess } from './engine-process'
import { Strikes, type Suspect } from './strikes'
import { type Unit, Watch } from './watch'
import type { Work } from './work'

const unanswered: Fault = {
  code: 'INTERNAL',
  expected: 'an answer for every item',
  received: 'less',
  remedy: '',
}

export interface SupervisorOptions {
  spawn: () => EngineProcess
  itemTimeoutMs: number
  memoryLimitBytes: number
}

/** Longest pause before the process is started again, in milliseconds. */
const LONGEST_PAUSE = 5000
/** Ends in a row, without any answer in between and with nobody to blame, after which all work is refused. */
const MOST_IDLE_ENDS = 3

/**
 * Keeps an engine process running while there is work, and brings all work to an end whatever happens to that
 * process: after an end, what was under way is tried again alone, item by item, and then everything goes on.
 */
export class Supervisor {
  readonly #options: SupervisorOptions
  readonly #works = new Map<number, Work>()
  readonly #afterwards = new Map<number, () => void>()
  readonly #strikes = new Strikes()
  readonly #watch: Watch
  readonly #status: EngineStatus = { running: false, restarts: 0, memoryBytes: null, onnxruntime: null }
  #process: EngineProcess | null = null
  #restart: NodeJS.Timeout | null = null
  #nextId = 1
  /** The item that is being tried alone. */
  #trying: Suspect | null = null
  /** Why the process is being ended on purpose. */
  #ending: 'drained' | { overdue: Unit } | null = null
  #draining = false
  #distrusted = false
  #answersSinceStart = 0
  #endsInARow = 0
  #idleEnds = 0
  #closed = false

  constructor(options: SupervisorOptions) {
    this.#options = options
    this.#watch = new Watch(options.itemTimeoutMs, (overdue) => this.#end({ overdue }))
  }

  status(): EngineStatus {
    return { ...this.#status }
  }

  /** Begins a work and calls back when it has ended; the returned function withdraws it. */
  start(work: Work, afterwards: () => void): () => void {
    const id = this.#nextId++
    this.#works.set(id, work)
    this.#afterwards.set(id, afterwards)
    if (this.#closed) this.#finish(id, { code: 'CANCELLED', expected: '', received: 'closed', remedy: '' })
    else if (!this.#process) this.#launch()
    else if (!this.#trying && !this.#draining) this.#request(id, work.remaining(), false)
    return () => this.#withdraw(id)
  }

  close(): void {
    this.#closed = true
    for (const id of [...this.#works.keys()]) {
      this.#finish(id, { code: 'CANCELLED', expected: '', received: 'closed', remedy: '' })
    }
    if (this.#restart) clearTimeout(this.#restart)
    this.#watch.take()
    this.#process?.kill()
  }

  #launch(): void {
    if (this.#process || this.#restart || this.#closed) return
    const child = this.#options.spawn()
    this.#process = child
    this.#status.running = true
    this.#answersSinceStart = 0
    child.onMessage((message) => {
      if (this.#process === child) this.#receive(message)
    })
    child.onExit((reason) => {
      if (this.#process === child) this.#ended(reason)
    })
    this.#proceed()
  }

  /** Tries the next suspect alone, or if there is none hands over everything. */
  #proceed(): void {
    const suspect = this.#strikes.next()
    this.#trying = suspect ?? null
    if (suspect) this.#request(suspect.workId, [suspect.item], true)
    else for (const [id, work] of this.#works) this.#request(id, work.remaining(), false)
  }

  #request(id: number, items: readonly number[], alone: boolean): void {
    const work = this.#works.get(id)
    if (!work) return
    this.#send({ type: 'request', id, alone, request: work.request(items) })
  }

  #send(message: ToEngine): void {
    this.#process?.send(message)
  }

  /** What breaks the protocol is ended, and nothing that it still says is heard. */
  #receive(message: unknown): void {
    if (this.#distrusted) return
    const bundle = bundleFromEngine.safeParse(message)
    const honest = bundle.success && bundle.data.every((one) => this.#take(one))
    if (honest) return
    this.#distrusted = true
    this.#process?.kill()
  }

  /** False where it is an answer to something that was never asked: then nothing more of it is taken. */
  #take(message: FromEngine): boolean {
    switch (message.type) {
      case 'ready':
        this.#status.onnxruntime = message.onnxruntime
        break
      case 'memory':
        this.#status.memoryBytes = message.bytes
        this.#boundMemory(message.bytes)
        break
      case 'begin':
        this.#watch.begin(message.unit, { workId: message.id, items: message.items })
        break
      case 'end':
        this.#watch.end(message.unit)
        break
      case 'drained':
        this.#end('drained')
        break
      default:
        return this.#answered(message)
    }
    return true
  }

  #answered(message: Extract<FromEngine, { id: number }>): boolean {
    if (this.#works.get(message.id)?.accept(message) === false) return false
    this.#answersSinceStart++
    this.#idleEnds = 0
    if (message.type !== 'headers' && message.type !== 'images') this.#settled(message)
    return true
  }

  /** A request was answered for good. */
  #settled(message: Extract<FromEngine, { id: number }>): void {
    const trying = this.#trying
    if (message.type === 'failed') this.#finish(message.id, message.fault)
    else if (this.#works.get(message.id)?.remaining().length === 0) this.#finish(message.id)
    else if (trying?.workId !== message.id) this.#finish(message.id, unanswered)
    if (trying?.workId !== message.id) return
    this.#strikes.clear(trying)
    this.#proceed()
  }

  #finish(id: number, fault?: Fault): void {
    this.#works.get(id)?.settle(fault)
    this.#afterwards.get(id)?.()
    this.#afterwards.delete(id)
    this.#works.delete(id)
    this.#strikes.forget(id)
  }

  #withdraw(id: number): void {
    if (!this.#works.has(id)) return
    this.#finish(id, { code: 'CANCELLED', expected: '', received: '', remedy: '' })
    this.#send({ type: 'cancel', id })
    if (this.#trying?.workId === id) this.#proceed()
  }

  /** Above the limit the process finishes what it holds and starts afresh; useless where that was all it did. */
  #boundMemory(bytes: number): void {
    if (bytes <= this.#options.memoryLimitBytes || this.#draining || this.#answersSinceStart === 0) return
    if (this.#trying) return
    this.#draining = true
    this.#send({ type: 'drain' })
  }

  #end(why: 'drained' | { overdue: Unit }): void {
    this.#ending ??= why
    this.#process?.kill()
  }

  #ended(reason: string): void {
    const ending = this.#ending
    const underWay = this.#watch.take()
    this.#process = null
    this.#ending = null
    this.#draining = false
    this.#distrusted = false
    this.#status.running = false
    this.#status.memoryBytes = null
    if (this.#closed) return
    this.#status.restarts++
    if (ending === 'drained') this.#launch()
    else if (ending) this.#blame([ending.overdue], { code: 'ENGINE_TIMEOUT', received: reason })
    else this.#blame(underWay, { code: 'ENGINE_CRASHED', received: reason })
  }

  #blame(units: readonly Unit[], { code, received }: { code: Fault['code']; received: string }): void {
    const fault: Fault = { code, expected: '', received, remedy: '' }
    const known = units.filter(({ workId }) => this.#works.has(workId))
    const trying = this.#trying
    this.#trying = null
    const blamed = known.length === 0 && trying ? [{ workId: trying.workId, items: [trying.item] }] : known
    if (blamed.length === 0) this.#idleEnds++
    for (const id of this.#strikes.blame(blamed, this.#works, fault, trying !== null)) this.#finish(id, fault)
    for (const [id, work] of [...this.#works]) {
      if (this.#idleEnds >= MOST_IDLE_ENDS) this.#finish(id, fault)
      else if (work.remaining().length === 0) this.#finish(id)
    }
    if (this.#idleEnds >= MOST_IDLE_ENDS) this.#idleEnds = 0
    if (this.#works.size > 0) this.#launchLater()
  }

  /** Starts again, the later the more often it ended without an answer. */
  #launchLater(): void {
    this.#endsInARow = this.#answersSinceStart > 0 ? 0 : this.#endsInARow + 1
    const pause = this.#endsInARow === 0 ? 0 : Math.min(LONGEST_PAUSE, 100 * 2 ** this.#endsInARow)
    this.#restart = setTimeout(() => {
      this.#restart = null
      this.#launch()
    }, pause)
  }
}
