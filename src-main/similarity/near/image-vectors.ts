import type { Database } from '#main/database/open'
import type { Engine } from '#main/engine/types'
import type { ImageSource } from '#main/library/types'
import type { Models } from '#main/models/types'
import { type Fault, LeptonError } from '#shared/domain/fault'
import { type ModelManifest, modelName } from '#shared/domain/model-manifest/index'
import type { Provider } from '#shared/domain/provider'
import { PictureVectors } from './picture-vectors'

export interface ImageVectorsDeps {
  database: Database
  engine: Pick<Engine, 'score'>
  models: Pick<Models, 'source' | 'providerFor'>
  library: { imageSource(imageId: number): ImageSource }
  preferredProvider(): 'auto' | Provider
}

/** The vectors that models for similarity give to images of the library: kept, and made where they are missing. */
export interface ImageVectors {
  /** Of the images, those that have no vector of the model yet; without modalities, of any. */
  missing(model: ModelManifest, imageIds: readonly number[], modalities?: readonly string[]): number[]
  /**
   * Makes the vectors of images and keeps them under the job; `ended` tells of each, with the reason where there is
   * none. Stops when the signal says so.
   * @throws what keeps the model as a whole from running
   */
  make(
    jobId: number,
    model: ModelManifest,
    imageIds: readonly number[],
    options: { signal: AbortSignal; ended(imageId: number, fault: Fault | null): void },
  ): Promise<void>
  /** The newest vector of each image that has one, of length 1. */
  of(model: ModelManifest, imageIds: readonly number[]): Map<number, Float32Array>
}

/** Images that go to the engine together. */
const atOnce = 256

export function createImageVectors(deps: ImageVectorsDeps): ImageVectors {
  const { database, engine, models, library } = deps
  return {
    missing: (model, imageIds, modalities) =>
      new PictureVectors(database, modelName(model)).missing(imageIds, modalities ?? null),
    async make(jobId, manifest, imageIds, { signal, ended }) {
      if (imageIds.length === 0) return
      const provider = await models.providerFor(manifest, deps.preferredProvider())
      const model = await models.source(manifest)
      const store = new PictureVectors(database, modelName(manifest))
      const runId = store.runOf(jobId, manifest, model, provider)
      const { threshold } = manifest.operatingPoint
      for (let from = 0; from < imageIds.length && !signal.aborted; from += atOnce) {
        const own = imageIds.slice(from, from + atOnce)
        const stack = own.map((imageId) => library.imageSource(imageId))
        const wanted = [...own.keys()]
        const task = { model, provider, threshold, flips: false, stack, wanted }
        await engine.score(
          task,
          (result) => {
            const imageId = own[result.index] ?? 0
            if (result.status === 'failed') return ended(imageId, result.fault)
            if (!result.embedding) return ended(imageId, noVector(manifest))
            store.put(runId, imageId, { ...result, embedding: result.embedding })
            ended(imageId, null)
          },
          signal,
        )
      }
    },
    of(model, imageIds) {
      const store = new PictureVectors(database, modelName(model))
      const vectors = new Map<number, Float32Array>()
      for (const stretch of store.read(imageIds, null)) {
        for (const { imageId, vector } of stretch) vectors.set(imageId, vector)
      }
      return vectors
    },
  }
}

const noVector = (model: ModelManifest): Fault =>
  new LeptonError('MODEL_DOES_NOT_FIT', {
    expected: 'a model that gives a vector for each picture',
    received: modelName(model),
    remedy: 'Choose a model for similarity.',
  }).toFault()
