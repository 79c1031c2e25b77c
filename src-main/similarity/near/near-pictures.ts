import type { Database } from '#main/database/open'
import type { Models } from '#main/models/types'
import type { Comparison } from '#shared/domain/data-set/comparison'
import { type ModelManifest, modelName } from '#shared/domain/model-manifest/index'
import type { ImageVectors } from './image-vectors'
import { nearVectors, type VectorPair } from './near-vectors'
import { PictureVectors } from './picture-vectors'
import { comparedModalities, nearModelId, nearThresholds } from './thresholds'

export interface NearPicturesDeps {
  database: Database
  models: Pick<Models, 'find'>
  vectors: ImageVectors
}

/** Pictures that are nearly the same by the vectors of a model: photographs and ultrasound. */
export interface NearPictures {
  /** Of the images, those that could have a vector and have none; none where no model can be used. */
  missing(imageIds: readonly number[]): number[]
  /**
   * Makes the vectors of images and keeps them under the job. `ended` tells of each. Stops when the signal says so.
   * @throws what keeps the model as a whole from running
   */
  make(
    jobId: number,
    imageIds: readonly number[],
    options: { signal: AbortSignal; ended(imageId: number): void },
  ): Promise<void>
  /** Pairs by their places in the list, and what they were compared by. */
  pairs(
    imageIds: readonly number[],
    signal?: AbortSignal,
  ): Promise<{ pairs: VectorPair[]; vectors: Comparison['vectors']; compared: number }>
}

export function createNearPictures({ database, models, vectors }: NearPicturesDeps): NearPictures {
  return {
    missing(imageIds) {
      const model = modelOf(models)
      return model ? vectors.missing(model.manifest, imageIds, comparedModalities) : []
    },
    async make(jobId, imageIds, { signal, ended }) {
      const model = modelOf(models)
      if (model) await vectors.make(jobId, model.manifest, imageIds, { signal, ended })
    },
    async pairs(imageIds, signal) {
      const model = modelOf(models)
      if (!model) return { pairs: [], vectors: null, compared: 0 }
      const { name, thresholds } = model
      const dimensions = dimensionsOf(model.manifest)
      const values = new Float32Array(imageIds.length * dimensions)
      const from = new Float32Array(imageIds.length)
      const places: number[] = []
      const placeOf = new Map(imageIds.map((imageId, place) => [imageId, place]))
      for (const found of new PictureVectors(database, name).read(imageIds, comparedModalities)) {
        for (const { imageId, colour, vector } of found) {
          const place = placeOf.get(imageId)
          if (place === undefined || vector.length !== dimensions) continue
          values.set(vector, places.length * dimensions)
          from[places.length] = colour ? thresholds.colour : thresholds.grey
          places.push(place)
        }
      }
      const count = places.length
      const compared = {
        dimensions,
        values: values.subarray(0, count * dimensions),
        from: from.subarray(0, count),
      }
      const pairs = (await nearVectors(compared, signal)).map(({ a, b, cosine }) => {
        const [left, right] = [places[a] ?? 0, places[b] ?? 0]
        return { a: Math.min(left, right), b: Math.max(left, right), cosine }
      })
      return { pairs, vectors: { model: name, ...thresholds }, compared: count }
    },
  }
}

/** The model whose thresholds are known, if it is installed. */
function modelOf(models: Pick<Models, 'find'>) {
  const manifest = found(models)
  const name = manifest ? modelName(manifest) : ''
  const thresholds = nearThresholds[name]
  return manifest && thresholds ? { manifest, name, thresholds } : null
}

function found(models: Pick<Models, 'find'>): ModelManifest | null {
  try {
    return models.find(nearModelId)
  } catch {
    return null
  }
}

const dimensionsOf = ({ outputs }: ModelManifest) =>
  outputs.reduce((most, output) => (output.decode === 'embedding' ? output.dimensions : most), 0)
