import { faultOf, LeptonError } from '#shared/domain/fault'
import type { Said, ScoreRequest } from '../protocol'
import type { ImageResult } from '../types'
import type { Answer } from '../work/answer'
import type { Batch, Prepared, ScoredImage } from '../work/jobs'
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
  readonly #send: (message: Said) => void
  readonly #runs: ScoreRun[] = []
  #chunksUnderWay = 0
  #stopped = false

  constructor(threads: Threads, units: Units, send: (message: Said) => void) {
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
    if (sample.length === 0) return
    if (run.alone) for (const { item, source } of sample) await this.#probe(run, item, source)
    const items = sample.map(({ item }) => item)
    const sources = sample.map(({ source }) => source)
    run.statistics = await this.#threads.decoders.run(
      'survey',
      { sources, input: run.input },
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
      const prepare = (tile: number) =>
        this.#threads.decoders.run('prepare', { ...job, tile }, { begin, wanted })
      if (run.tiled) {
        give(await this.#scoreTiles(run, prepare))
      } else {
        const { batches, failures } = await prepare(0)
        give(failures)
        await Promise.all(batches.map(async (batch) => give(await this.#score(run, batch))))
      }
    } catch (error) {
      give([...unfinished].map((index) => ({ index, status: 'failed', fault: faultOf(error) })))
    } finally {
      run.underWay -= job.images.length
      this.#chunksUnderWay--
      this.#pump()
    }
  }

  /** One image whose tiles are prepared and run a few at a time. */
  async #scoreTiles(run: ScoreRun, prepare: (tile: number) => Promise<Prepared>): Promise<ImageResult[]> {
    const answers: Answer[] = []
    let tile: number | null = 0
    while (tile !== null) {
      const prepared: Prepared = await prepare(tile)
      if (prepared.failures.length > 0) return prepared.failures
      for (const batch of prepared.batches) answers.push(...(await this.#run(run, batch)))
      tile = prepared.nextTile
    }
    const [first] = answers
    return first ? this.#finish(run, [{ image: first.view.image, answers }]) : []
  }

  async #score(run: ScoreRun, batch: Batch): Promise<ImageResult[]> {
    try {
      const answers = await this.#run(run, batch)
      return await this.#finish(
        run,
        answers.map((answer) => ({ image: answer.view.image, answers: [answer] })),
      )
    } catch (error) {
      const fault = faultOf(error)
      return batch.views.map(({ image }) => ({ index: image.index, status: 'failed', fault }))
    }
  }

  async #run(run: ScoreRun, batch: Batch): Promise<Answer[]> {
    const { model, request } = run
    const { provider } = request
    const items = [...new Set(batch.views.map(({ image }) => image.index))]
    const options = { begin: this.#units.begin(run.id, items), wanted: () => !run.cancelled }
    const transfer = [batch.data.buffer]
    return this.#threads.sessions
      .run('run', { model, provider, batch }, { ...options, transfer })
      .catch((error) => {
        throw inferenceFault(error)
      })
  }

  async #finish(run: ScoreRun, images: ScoredImage[]): Promise<ImageResult[]> {
    const items = images.map(({ image }) => image.index)
    const options = { begin: this.#units.begin(run.id, items), wanted: () => !run.cancelled }
    const transfer = images.flatMap(({ answers }) => answers.map(({ planes }) => planes.buffer))
    return this.#threads.decoders.run('finish', { images, rules: run.rules }, { ...options, transfer })
  }

  #remove(run: ScoreRun): void {
    const at = this.#runs.indexOf(run)
    if (at >= 0) this.#runs.splice(at, 1)
  }
}

/** What ONNX Runtime throws while it runs has no code of its own. */
function inferenceFault(error: unknown): LeptonError {
  if (error instanceof LeptonError && error.code !== 'INTERNAL') return error
  return new LeptonError('INFERENCE_FAILED', { received: faultOf(error).received, cause: error })
}
