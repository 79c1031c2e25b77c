import { faultOf, LeptonError } from '#shared/domain/fault'
import type { FromEngine, ScoreRequest } from '../protocol'
import type { ImageResult } from '../types'
import type { Batch } from '../work/jobs'
import { ScoreRun } from './score-run'
import type { Threads } from './threads'
import type { Units } from './units'

/**
 * Scores tasks: decode and prepare, session, findings. A few chunks are under way at any time, taken from the
 * tasks in their order, so that the sessions find prepared tensors waiting, also across the border between two
 * tasks, and memory stays bounded whatever the length of a task.
 */
export class Pipeline {
  readonly #threads: Threads
  readonly #units: Units
  readonly #send: (message: FromEngine) => void
  readonly #runs: ScoreRun[] = []
  #chunksUnderWay = 0
  #stopped = false

  constructor(threads: Threads, units: Units, send: (message: FromEngine) => void) {
    this.#threads = threads
    this.#units = units
    this.#send = send
  }

  async add(id: number, request: ScoreRequest, alone: boolean): Promise<void> {
    const run = new ScoreRun(id, request, alone)
    this.#runs.push(run)
    try {
      const { provider } = request
      const { model } = run
      const load = this.#threads.sessions.run(
        'load',
        { model, provider },
        { begin: this.#units.begin(id, []) },
      )
      if (alone) await load
      await Promise.all([load, this.#survey(run)])
      run.ready = true
      this.#pump()
    } catch (error) {
      this.#remove(run)
      if (!run.cancelled) this.#send({ type: 'failed', id, fault: faultOf(error) })
    }
  }

  cancel(id: number): void {
    for (const run of this.#runs.filter((one) => one.id === id)) {
      run.cancelled = true
      this.#remove(run)
    }
    this.#pump()
  }

  get idle(): boolean {
    return this.#chunksUnderWay === 0
  }

  /** Hands out nothing more. */
  stop(): void {
    this.#stopped = true
  }

  async #survey(run: ScoreRun): Promise<void> {
    const sample = run.sample()
    const { intensity } = run.input
    if (sample.length === 0 || intensity.kind !== 'percentile') return
    if (run.alone) for (const { item, source } of sample) await this.#probe(run, item, source)
    const items = sample.map(({ item }) => item)
    const sources = sample.map(({ source }) => source)
    const { low, high } = intensity
    run.range = await this.#threads.decoders.run(
      'survey',
      { sources, low, high },
      { begin: this.#units.begin(run.id, items), wanted: () => !run.cancelled },
    )
  }

  /** Decodes one slice by itself, so that it is known if that ends the process. */
  async #probe(run: ScoreRun, item: number, source: ScoreRequest['stack'][number]): Promise<void> {
    const begin = this.#units.begin(run.id, [item])
    await this.#threads.decoders.run('probe', { source }, { begin }).catch(() => null)
  }

  #pump(): void {
    while (!this.#stopped) {
      const run = this.#runs.find((one) => one.ready && !one.exhausted)
      const most = run?.alone ? 1 : this.#threads.sessions.size + 2
      if (!run || this.#chunksUnderWay >= most) break
      void this.#process(run)
    }
    for (const run of this.#runs.filter((one) => one.ready && one.exhausted && one.underWay === 0)) {
      this.#remove(run)
      this.#send({ type: 'done', id: run.id })
    }
  }

  async #process(run: ScoreRun): Promise<void> {
    const job = run.nextChunk()
    run.underWay += job.images.length
    this.#chunksUnderWay++
    const wanted = () => !run.cancelled
    const unfinished = new Set(job.images.map(({ index }) => index))
    const give = (results: ImageResult[]) => {
      for (const { index } of results) unfinished.delete(index)
      if (results.length > 0 && !run.cancelled) this.#send({ type: 'images', id: run.id, results })
    }
    try {
      if (run.alone) {
        for (const [item, source] of job.sources) if (source) await this.#probe(run, item, source)
      }
      const begin = this.#units.begin(
        run.id,
        job.sources.map(([place]) => place),
      )
      const { batches, failures } = await this.#threads.decoders.run('prepare', job, { begin, wanted })
      give(failures)
      await Promise.all(batches.map(async (batch) => give(await this.#score(run, batch))))
    } catch (error) {
      give([...unfinished].map((index) => ({ index, status: 'failed', fault: faultOf(error) })))
    } finally {
      run.underWay -= job.images.length
      this.#chunksUnderWay--
      this.#pump()
    }
  }

  async #score(run: ScoreRun, batch: Batch): Promise<ImageResult[]> {
    const { provider, threshold } = run.request
    const { model, labels } = run
    const items = batch.images.map(({ index }) => index)
    const begin = this.#units.begin(run.id, items)
    const wanted = () => !run.cancelled
    const { sessions, decoders } = this.#threads
    try {
      const transfer = [batch.data.buffer]
      const images = await sessions.run('run', { model, provider, batch }, { begin, wanted, transfer })
      const planes = images.map((image) => image.planes.buffer)
      return await decoders.run('finish', { images, labels, threshold }, { begin, wanted, transfer: planes })
    } catch (error) {
      const fault = faultOf(
        error instanceof LeptonError && error.code !== 'INTERNAL'
          ? error
          : new LeptonError('INFERENCE_FAILED', { received: faultOf(error).received, cause: error }),
      )
      return items.map((index) => ({ index, status: 'failed', fault }))
    }
  }

  #remove(run: ScoreRun): void {
    const at = this.#runs.indexOf(run)
    if (at >= 0) this.#runs.splice(at, 1)
  }
}
