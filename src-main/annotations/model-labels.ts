import type { Models } from '#main/models/types'
import { type ModelLabel, modelName } from '#shared/domain/model-manifest/index'

/** What models call things, by what they look at. */
export interface ModelLabels {
  medical: readonly ModelLabel[]
  retail: readonly ModelLabel[]
}

/** The labels of the models that are installed. */
export function labelsOfModels(models: Pick<Models, 'knownLabels' | 'find'>): ModelLabels {
  const all = models
    .knownLabels()
    .filter(({ installed, labels }) => installed && labels.length > 0)
    .map(({ model, labels }) => ({ domain: models.find(modelName(model)).fits.domain, labels }))
  const of = (domain: 'medical' | 'retail') =>
    all.filter((one) => one.domain === domain).flatMap(({ labels }) => labels)
  return { medical: of('medical'), retail: of('retail') }
}
