import { draftManifest } from '#shared/contract/model-wizard'
import { type Json, valueAt, withValue } from './json-path'

/** What a person writes of a model whatever its task; kept when another task is proposed. */
const own = [
  'id',
  'version',
  'name',
  'summary',
  'fits',
  'licence',
  'attribution',
  'trainingData',
  'intendedUse',
  'limits',
] as const

/** A new proposal with everything that was already written of the model itself. */
export function mergeProposal(proposal: Json, before: Json): Json {
  return own.reduce<Json>((merged, key) => {
    const value = valueAt(before, key)
    return value === undefined ? merged : withValue(merged, key, value)
  }, proposal)
}

/** A draft with neutral texts: pictures are decoded the same whatever the model is called. */
export function forPreview(manifest: Json): Json {
  const shape = draftManifest.shape
  const text = { en: '', zh: '' }
  const neutral: Partial<Record<keyof typeof shape, Json>> = {
    id: 'preview',
    version: '0.0.0',
    name: text,
    summary: text,
    licence: '',
    attribution: '',
    trainingData: '',
    intendedUse: text,
    limits: { en: [], zh: [] },
    metrics: [],
  }
  const bare = Object.entries(neutral).reduce((next, [key, value]) => withValue(next, key, value), manifest)
  return withValue(bare, 'operatingPoint.chosen', '')
}
