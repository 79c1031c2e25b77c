import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Database } from '#main/database/open'
import type { ImageSource } from '#main/library/types'
import type { Models } from '#main/models/types'
import type { SimilarPictures } from '#shared/contract/similarity'
import { LeptonError } from '#shared/domain/fault'
import { type ModelManifest, modelName } from '#shared/domain/model-manifest/index'
import { type EmbedDeps, embed } from './embed'
import { imagesOf, modalityOf, similarPictures } from './pictures'
import { VectorStore } from './vector-store'

export interface SimilarityDeps extends EmbedDeps {
  database: Database
  models: Pick<Models, 'source' | 'providerFor' | 'find' | 'list'>
  library: { imageSource(imageId: number): ImageSource }
}

/** Which pictures of the library are like another, by the vectors of one model. */
export interface Similarity {
  /** @throws NOT_FOUND, MODEL_NOT_FOUND where no model for similarity is there, and as running it throws */
  ofImage(imageId: number, top: number): Promise<SimilarPictures>
  /** Of a file on disk, which need not be in the library; of several frames the first. @throws as `ofImage` does */
  ofFile(path: string, top: number): Promise<SimilarPictures>
}

/** Stored vectors are compared; a picture asked about that has none is run through the model first. */
export function createSimilarity(deps: SimilarityDeps): Similarity {
  const { database, models, library } = deps
  const store = new VectorStore(database)

  const compare = async (model: string, vector: Float32Array, own: number | null, top: number) => {
    const similarities = await store.similarities(model, vector)
    const modality = own === null ? null : modalityOf(database, own)
    const without = imagesOf(database, modality).filter((id) => id !== own && !similarities.has(id)).length
    if (own !== null) similarities.delete(own)
    const nearest = [...similarities]
      .map(([imageId, similarity]) => ({ imageId, similarity }))
      .sort((left, right) => right.similarity - left.similarity || left.imageId - right.imageId)
      .slice(0, top)
    return {
      model,
      sameFrom: installed(models, model)?.operatingPoint.threshold ?? null,
      compared: similarities.size,
      without,
      modality,
      pictures: similarPictures(database, nearest),
    }
  }

  return {
    async ofImage(imageId, top) {
      const source = library.imageSource(imageId)
      const model = await chooseModel(store, models)
      const vector = store.of(model, imageId) ?? (await embed(deps, models.find(model), source))
      return compare(model, vector, imageId, top)
    },
    async ofFile(path, top) {
      const file = resolve(path)
      const there = await stat(file).catch(() => null)
      if (!there?.isFile()) {
        throw new LeptonError('FILE_NOT_FOUND', {
          expected: 'a picture, or the number of an image of the library',
          received: path,
          remedy: 'Check the path.',
        })
      }
      const model = await chooseModel(store, models)
      const vector = await embed(deps, models.find(model), { path: file, frame: 0 })
      return compare(model, vector, null, top)
    },
  }
}

/** An active model, that of the most vectors; where none of them left any, another that is installed and did. */
async function chooseModel(store: VectorStore, models: Pick<Models, 'list' | 'find'>): Promise<string> {
  const active = (await models.list()).flatMap((model) =>
    model.active && model.fault === null && embeds(model.manifest) ? [modelName(model.manifest)] : [],
  )
  const stored = store.models()
  const chosen =
    stored.find((name) => active.includes(name)) ??
    stored.find((name) => installed(models, name)) ??
    active[0]
  if (chosen !== undefined) return chosen
  throw new LeptonError('MODEL_NOT_FOUND', {
    expected: 'an active model for similarity',
    received: 'none',
    remedy: 'Activate one on the models page or with `lepton models activate`.',
  })
}

const embeds = ({ outputs }: ModelManifest) => outputs.some(({ decode }) => decode === 'embedding')

function installed(models: Pick<Models, 'find'>, name: string): ModelManifest | null {
  try {
    return models.find(name)
  } catch {
    return null
  }
}
