import { createHash } from 'node:crypto'
import type { Models } from '#main/models/types'
import type { ScoringRequest } from '#shared/contract/scoring'
import { modelName } from '#shared/domain/model-manifest/index'

/**
 * The request with its model pinned to a version, so that a job goes on with the model it was begun with.
 * @throws MODEL_NOT_FOUND
 */
export function pinned(request: ScoringRequest, models: Models): ScoringRequest {
  return request.model === undefined ? request : { ...request, model: modelName(models.find(request.model)) }
}

/** Equal for the same question asked again: inputs, model, provider and everything else as it was asked for. */
export function fingerprintOf(request: ScoringRequest): string {
  const { target, model = null, provider, threshold = null, precision = null, flips = false } = request
  const question = JSON.stringify([target, model, provider, threshold, precision, flips])
  return `score ${createHash('sha256').update(question).digest('hex')}`
}
