import type { ModelManifest } from '#shared/domain/model-manifest/index'

type Metric = ModelManifest['metrics'][number]
type File = ModelManifest['weights'][number]

/** A figure of one file beside the same figure of the first. */
export interface Loss {
  metric: Metric
  /** This file's figure less the first file's; null where that was not measured on the same set. */
  change: number | null
}

/** What the files after the first were measured to lose or gain; their own figures where nothing compares. */
export function losses(manifest: Pick<ModelManifest, 'metrics' | 'weights'>, file: File): Loss[] {
  const first = manifest.weights[0]
  const reference = [...(first?.metrics ?? []), ...manifest.metrics]
  return file.metrics.map((metric) => {
    const same = reference.find(({ name, set }) => name === metric.name && set === metric.set)
    const change = file === first || !same ? null : metric.value - same.value
    return { metric, change }
  })
}
