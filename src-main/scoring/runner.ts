import type { JobContext } from '#main/jobs/types'
import { type ScoringRequest, scoringRequest } from '#shared/contract/scoring'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { assignModels } from './assign'
import { inFlight } from './in-flight'
import { inputsOf } from './inputs'
import { type Group, type ItemCounts, ItemStore } from './item-store'
import { endOf, type ItemResult, PredictionStore } from './prediction-store'
import { type Run, RunStore } from './run-store'
import { scoreGroup } from './score-group'
import type { ScoringDeps } from './types'

/** Images of series under way, and series under way, at most: small series are sent ahead in numbers. */
const AHEAD = { weight: 32, most: 8 }

/** Runs scoring jobs, from wherever they stand. */
export function createScoringRunner(deps: ScoringDeps): (context: JobContext) => Promise<void> {
  return (context) => new ScoringRun(deps, context).work()
}

class ScoringRun {
  readonly #deps: ScoringDeps
  readonly #context: JobContext
  readonly #request: ScoringRequest
  readonly #items: ItemStore
  readonly #runs: RunStore
  readonly #predictions: PredictionStore
  #counts: ItemCounts = { total: 0, done: 0, skipped: 0, failed: 0 }

  constructor(deps: ScoringDeps, context: JobContext) {
    this.#deps = deps
    this.#context = context
    this.#request = scoringRequest.parse(context.request)
    this.#items = new ItemStore(deps.database)
    this.#runs = new RunStore(deps.database)
    this.#predictions = new PredictionStore(deps.database)
  }

  async work(): Promise<void> {
    const { models, jobs } = this.#deps
    const { jobId, signal } = this.#context
    // the total is known once the listing is complete; one that was cut short is done again
    if (jobs.get(jobId).total === null) this.#items.clear(jobId)
    await this.#list()
    if (signal.aborted) return
    const asked = this.#request.model === undefined ? null : models.find(this.#request.model)
    await assignModels(this.#deps.database, models, jobId, asked, (manifest) => this.#runFor(manifest))
    this.#counts = this.#items.counts(jobId)
    this.#context.progress(this.#counts)
    const runs = new Map(this.#runs.ofJob(jobId).map((run) => [run.id, run]))
    await inFlight(
      this.#items.groups(jobId),
      (group) => group.waiting,
      (group) => this.#score(group, runs.get(group.runId)),
      AHEAD,
    )
    this.#context.progress(this.#items.counts(jobId))
  }

  async #list(): Promise<void> {
    const { library, database } = this.#deps
    const { jobId, signal } = this.#context
    const { target } = this.#request
    if (target.kind === 'paths') await library.takeIn(target.paths, { jobId, signal })
    if (signal.aborted) return
    await this.#items.sync(jobId, inputsOf(database, library, target), signal)
  }

  async #runFor(manifest: ModelManifest): Promise<number> {
    const { models, preferredProvider } = this.#deps
    const { jobId } = this.#context
    const begun = this.#runs.find(jobId, manifest)
    if (begun) return begun.id
    const wish = this.#request.provider === 'auto' ? preferredProvider() : this.#request.provider
    const precision = models.precisionOf(manifest, this.#request.precision)
    const provider = await models.providerFor(manifest, wish, precision)
    const threshold = this.#request.threshold ?? manifest.operatingPoint.threshold
    const flips = this.#request.flips ?? false
    return this.#runs.insert(jobId, manifest, { provider, threshold, precision, flips }).id
  }

  async #score(group: Group, run: Run | undefined): Promise<void> {
    const { engine, database, models, library } = this.#deps
    const { jobId, signal } = this.#context
    if (!run || signal.aborted) return
    const manifest = models.find(`${run.modelId}@${run.modelVersion}`)
    this.#runs.find(jobId, manifest)
    const model = await models.source(manifest, run.precision)
    const ensemble = await models.ensemble(manifest, run.provider, run.precision)
    const items = this.#items.stack(jobId, group)
    const written = (results: readonly ItemResult[]) => this.#count(results)
    const work = { group, run, manifest, model, ensemble, items, signal, written }
    await scoreGroup(engine, database, this.#predictions, work)
    library.refreshOutcome([group.seriesId])
  }

  #count(results: readonly ItemResult[]): void {
    for (const { result } of results) this.#counts[endOf(result)] += 1
    this.#context.progress({ ...this.#counts })
  }
}
