import type { Models } from '#main/models/types'
import { LeptonError } from '#shared/domain/fault'
import { type ModelManifest, modelName } from '#shared/domain/model-manifest/index'

/** Taken before any other. */
const USUAL = 'visual-embedding'

/** Sound models whose vectors a head can be put on, the usual one first. */
export async function basesOf(models: Pick<Models, 'list'>): Promise<ModelManifest[]> {
  return (await models.list())
    .flatMap(({ manifest, fault }) => (fault === null && embeds(manifest) ? [manifest] : []))
    .sort((a, b) => Number(b.id === USUAL) - Number(a.id === USUAL))
}

/** @throws MODEL_NOT_FOUND, MODEL_DOES_NOT_FIT for one that gives no vector */
export async function baseOf(
  models: Pick<Models, 'list' | 'find'>,
  name: string | undefined,
): Promise<ModelManifest> {
  const base = name === undefined ? (await basesOf(models))[0] : models.find(name)
  if (!base) {
    throw new LeptonError('MODEL_NOT_FOUND', {
      expected: 'an installed model for similarity',
      received: 'none',
      remedy: 'Install one on the models page or with `lepton models add`.',
    })
  }
  if (embeds(base)) return base
  throw new LeptonError('MODEL_DOES_NOT_FIT', {
    expected: 'a model that gives a vector for each picture',
    received: modelName(base),
    remedy: 'Choose a model for similarity.',
  })
}

const embeds = ({ outputs, ensemble }: ModelManifest) =>
  !ensemble && outputs.some(({ decode }) => decode === 'embedding')
