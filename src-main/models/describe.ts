import type { InstalledModel, ModelTrial } from '#shared/contract/models'
import { sizesOf } from './check/hashes'
import { chosenProvider, judged } from './choice'
import type { ModelPackage } from './package'
import type { ModelStore } from './store'
import { scoresByItself } from './task-order'
import { usualPrecision } from './weights'

/** A package as the screens and the command line see it. */
export async function describeModel(
  model: ModelPackage,
  trials: readonly ModelTrial[],
  store: ModelStore,
): Promise<InstalledModel> {
  const { manifest, bundled, folder, fault } = model
  const { id, version } = manifest
  const precision = usualPrecision(manifest, store.precision(id, version))
  const byPrecision = manifest.weights.map((weights) =>
    trials.filter((trial) => trial.precision === weights.precision),
  )
  const sizes = await sizesOf(model)
  const whole = await Promise.all([model, ...(model.members ?? [])].map(sizesOf))
  const used = trials.filter((trial) => trial.precision === precision)
  return {
    manifest,
    active: store.history.active().get(id) === version,
    scores: scoresByItself(manifest),
    bundled,
    folder,
    installedAt: store.installedAt(id, version),
    sizeBytes: whole.flatMap((some) => Object.values(some)).reduce((sum, size) => sum + size, 0),
    sizes,
    fault,
    precision,
    trials: byPrecision.flatMap((some) => judged(some)),
    chosen: fault === null ? chosenProvider(used) : null,
    rollback: store.history.previous(id),
  }
}
