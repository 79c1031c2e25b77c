import type { InstalledModel } from '#shared/contract/models'
import { figureKey } from '#shared/domain/model-manifest/figure-key'
import type { ModelManifest } from '#shared/domain/model-manifest/index'

/** Milliseconds an image takes on the provider that scoring uses; null before the first trial. */
export function costOf({ trials, chosen, precision }: InstalledModel): number | null {
  const used = trials.find((trial) => trial.provider === chosen && trial.precision === precision)
  return used?.milliseconds ?? null
}

/** A figure of a model by its name, however it is spelled; null where it was not measured. */
export function figureOf({ metrics }: Pick<ModelManifest, 'metrics'>, name: string): number | null {
  return metrics.find((metric) => figureKey(metric.name) === figureKey(name))?.value ?? null
}
