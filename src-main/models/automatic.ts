import type { ScoringChoice } from '#shared/contract/models'
import { type Fault, LeptonError } from '#shared/domain/fault'
import { type ModelManifest, modelName } from '#shared/domain/model-manifest/index'
import { type ImageFacts, misfit } from './fits'
import { byTask } from './task-order'

/** The model that scoring takes for an image by itself: the first of its candidates that states it fits. */
export function fittingModel(candidates: readonly ModelManifest[], image: ImageFacts): ModelManifest | Fault {
  const match = byTask(candidates).find((manifest) => misfit(manifest, image, 'stated') === null)
  if (match) return match
  const reasons = byTask(candidates).map((manifest) => misfit(manifest, image, 'stated')?.expected ?? '')
  return new LeptonError('NO_MODEL_FITS', {
    expected: [...new Set(reasons)].join(' / ') || 'an active model',
    received: [image.modality ?? 'no modality stated', image.photometric, image.bodyPart]
      .filter(Boolean)
      .join(', '),
    remedy: 'Activate or install a model for such images, or name the model to use.',
  }).toFault()
}

/** What scoring takes by itself, by kind of image and task; kinds in the order their first models come. */
export function scoringChoices(candidates: readonly ModelManifest[]): ScoringChoice[] {
  const choices = new Map<string, ScoringChoice>()
  for (const manifest of byTask(candidates)) {
    const { domain, modalities } = manifest.fits
    for (const modality of modalities.length > 0 ? modalities : [null]) {
      const key = JSON.stringify([domain, modality, manifest.task])
      const choice = choices.get(key) ?? { domain, modality, task: manifest.task, models: [] }
      choice.models.push(modelName(manifest))
      choices.set(key, choice)
    }
  }
  return [...choices.values()]
}
