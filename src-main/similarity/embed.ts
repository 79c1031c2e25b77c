import type { Engine, FrameSource } from '#main/engine/types'
import type { Models } from '#main/models/types'
import { LeptonError } from '#shared/domain/fault'
import { type ModelManifest, modelName } from '#shared/domain/model-manifest/index'
import type { Provider } from '#shared/domain/provider'
import { unit } from '#shared/similarity/vector'

export interface EmbedDeps {
  engine: Pick<Engine, 'score'>
  models: Pick<Models, 'source' | 'providerFor'>
  preferredProvider(): 'auto' | Provider
}

/** The vector of one picture, of length 1. @throws what reading the picture or running the model throws */
export async function embed(
  { engine, models, preferredProvider }: EmbedDeps,
  manifest: ModelManifest,
  source: FrameSource,
): Promise<Float32Array> {
  const provider = await models.providerFor(manifest, preferredProvider())
  const model = await models.source(manifest)
  const { threshold } = manifest.operatingPoint
  let vector: Float32Array | null = null
  let failure: unknown = null
  const task = { model, provider, threshold, flips: false, stack: [source], wanted: [0] }
  await engine.score(task, (result) => {
    if (result.status === 'scored') vector = result.embedding
    else failure = new LeptonError(result.fault.code, result.fault)
  })
  if (failure) throw failure
  if (!vector) {
    throw new LeptonError('MODEL_DOES_NOT_FIT', {
      expected: 'a model that gives a vector for each picture',
      received: modelName(manifest),
      remedy: 'Choose a model for similarity.',
    })
  }
  return unit(vector)
}
