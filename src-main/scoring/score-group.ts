import type { Database } from '#main/database/open'
import type { Engine, EnsembleTask, ModelSource } from '#main/engine/types'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { needsSeries } from '#shared/domain/model-manifest/needs-series'
import type { Group, GroupItem } from './item-store'
import type { ItemResult, PredictionStore } from './prediction-store'
import type { Run } from './run-store'
import { settleSeries } from './series-lesions'

/** Results are written after so many, or so many milliseconds after the first. */
const BATCH = 16
const BATCH_MS = 250
/** Images that do not need one another go to the engine in stretches of this length. */
const STRETCH = 256

export interface GroupWork {
  group: Group
  run: Run
  /** As the registry knows it: a network, or an ensemble that its first member stands for in `model`. */
  manifest: ModelManifest
  model: ModelSource
  ensemble: EnsembleTask | undefined
  items: readonly GroupItem[]
  signal: AbortSignal
  /** Called once results are in the database. */
  written(results: readonly ItemResult[]): void
}

/** Scores what is left of a series; its lesions are made in the transaction that writes its last result. */
export async function scoreGroup(
  engine: Engine,
  database: Database,
  predictions: PredictionStore,
  { group, run, manifest, model, ensemble, items, signal, written }: GroupWork,
): Promise<void> {
  const keyLabel = manifest.operatingPoint.label ?? null
  let left = items.filter((item) => item.waiting).length
  let batch: ItemResult[] = []
  let timer: NodeJS.Timeout | null = null
  // a database that refuses to write: seen within a callback, thrown once the engine has returned
  let failure: { error: unknown } | null = null
  const flush = () => {
    if (timer) clearTimeout(timer)
    timer = null
    if (batch.length === 0 || failure) return
    const results = batch
    batch = []
    left -= results.length
    predictions.save({ id: run.id, keyLabel }, results, () => {
      if (left === 0) settleSeries(database, predictions, run.id, group.seriesId, manifest)
    })
    written(results)
  }
  const attempt = () => {
    try {
      flush()
    } catch (error) {
      failure = { error }
    }
  }
  try {
    for (const stretch of stretches(items, manifest)) {
      const wanted = [...stretch.keys()].filter((place) => stretch[place]?.waiting)
      if (wanted.length === 0 || signal.aborted || failure) continue
      const stack = stretch.map(({ source, frame }) => ({ path: source, frame }))
      const { provider, threshold, flips } = run
      await engine.score(
        { model, ...(ensemble && { ensemble }), provider, threshold, flips, stack, wanted },
        (result) => {
          const item = stretch[result.index]
          if (!item) return
          batch.push({ itemId: item.itemId, imageId: item.imageId, result })
          if (batch.length >= BATCH) attempt()
          else timer ??= setTimeout(attempt, BATCH_MS)
        },
        signal,
      )
    }
  } finally {
    attempt()
  }
  throwIf(failure)
}

function throwIf(failure: { error: unknown } | null): void {
  if (failure) throw failure.error
}

/** The whole stack where slices need one another, else bounded parts of it. */
function* stretches(items: readonly GroupItem[], manifest: ModelManifest): Generator<readonly GroupItem[]> {
  if (needsSeries(manifest)) {
    yield items
    return
  }
  for (let from = 0; from < items.length; from += STRETCH) yield items.slice(from, from + STRETCH)
}
