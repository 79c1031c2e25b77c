import type { ImageFacts } from '#main/models/fits'
import type { Models } from '#main/models/types'
import { type Fault, LeptonError } from '#shared/domain/fault'
import { type ModelManifest, modelName } from '#shared/domain/model-manifest/index'

/** The model for an image, with a warning where a person chose one that is not made for it; or why there is none. */
export type Choice = { model: ModelManifest; warning: Fault | null } | { model: null; fault: Fault }

/**
 * The active model that fits an image, or the one that was asked for. What a model declares of its images warns
 * the person who asked for it and stops nobody; only a model that has nothing to say without clicks is refused.
 */
export function chooseModel(models: Models, image: ImageFacts, asked: ModelManifest | null): Choice {
  if (asked) {
    return asked.task === 'promptable-segmentation'
      ? { model: null, fault: needsClicks(asked) }
      : { model: asked, warning: models.misfit(asked, image) }
  }
  const match = models.fitting(image)
  return 'code' in match ? { model: null, fault: match } : { model: match, warning: null }
}

const needsClicks = (manifest: ModelManifest) =>
  new LeptonError('MODEL_DOES_NOT_FIT', {
    expected: 'a model that works by itself',
    received: `${modelName(manifest)}, which answers to clicks`,
    remedy: 'Choose another model.',
  }).toFault()
