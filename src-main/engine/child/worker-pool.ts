import { Worker } from 'node:worker_threads'
import { type Fault, LeptonError } from '#shared/domain/fault'
import type { JobTable, Reply } from '../work/serve'

/** What a job asks for besides itself. */
interface JobOptions {
  /** Buffers handed over instead of copied. */
  transfer?: ArrayBuffer[]
  /** Called when a worker takes the job up; the returned function when it is over. */
  begin?: () => () => void
  /** Looked at before the job starts; a job nobody wants any more is dropped. */
  wanted?: () => boolean
}

interface Waiting<Job> extends JobOptions {
  job: Job
  resolve(value: unknown): void
  reject(error: Error): void
}

interface Member<Job> {
  /** Null before its first job. */
  worker: Worker | null
  current: { job: Waiting<Job>; end: () => void } | null
  /** Kinds of jobs it takes, the most urgent first. */
  kinds: readonly string[]
}

/**
 * Bounds of a thread's heap, which typed arrays do not count for. Where a heap may grow without one, V8 lets garbage
 * become several times what is in use before it collects, and with it the arrays that the garbage holds.
 */
const heapLimits = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 1024 }

/**
 * Worker threads that answer one job each at a time, started when there is work for them. Every thread takes the
 * kinds of jobs it was given, in that order of urgency. A thread that ends takes the process with it: the host knows
 * how to recover from that.
 */
export class WorkerPool<Jobs extends JobTable<Jobs>> {
  readonly #start: () => Worker
  readonly #members: Member<object>[]
  readonly #queues = new Map<string, Waiting<object>[]>()
  readonly #stopped = new Set<string>()

  constructor(file: string, kinds: readonly (readonly (keyof Jobs & string)[])[], workerData: object = {}) {
    this.#start = () => new Worker(file, { workerData, resourceLimits: heapLimits })
    this.#members = kinds.map((taken) => ({ worker: null, current: null, kinds: taken }))
  }

  get size(): number {
    return this.#members.length
  }

  /** Whether nothing is under way. */
  get idle(): boolean {
    return this.#members.every((member) => !member.current)
  }

  /** Starts no more jobs of these kinds. */
  stop(...kinds: (keyof Jobs & string)[]): void {
    for (const kind of kinds) this.#stopped.add(kind)
  }

  run<Kind extends keyof Jobs & string>(
    kind: Kind,
    job: Jobs[Kind]['job'],
    options: JobOptions = {},
  ): Promise<Jobs[Kind]['value']> {
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(kind) ?? []
      this.#queues.set(kind, queue)
      queue.push({ ...options, job: { kind, ...job }, resolve, reject })
      this.#assign()
    })
  }

  #assign(): void {
    for (const member of this.#members) {
      while (!member.current) {
        const waiting = this.#next(member.kinds)
        if (!waiting) break
        if (waiting.wanted && !waiting.wanted()) {
          waiting.reject(new LeptonError('CANCELLED'))
          continue
        }
        member.current = { job: waiting, end: waiting.begin?.() ?? (() => {}) }
        member.worker ??= this.#started(member)
        member.worker.postMessage(waiting.job, waiting.transfer ?? [])
      }
    }
  }

  #started(member: Member<object>): Worker {
    const worker = this.#start()
    worker.on('message', (reply: Reply) => this.#settle(member, reply))
    worker.on('error', (error) => leave(error))
    worker.on('exit', () => leave(new Error('a worker thread ended')))
    return worker
  }

  #next(kinds: readonly string[]): Waiting<object> | undefined {
    for (const kind of kinds) {
      if (this.#stopped.has(kind)) continue
      const waiting = this.#queues.get(kind)?.shift()
      if (waiting) return waiting
    }
    return undefined
  }

  #settle(member: Member<object>, reply: Reply): void {
    const { current } = member
    if (!current) return
    member.current = null
    this.#assign()
    current.end()
    if (reply.fault) current.job.reject(errorOf(reply.fault))
    else current.job.resolve(reply.value)
  }
}

function errorOf(fault: Fault): LeptonError {
  return new LeptonError(fault.code, fault)
}

function leave(error: unknown): never {
  console.error(error)
  process.exit(70)
}
