import { describe, expect, it } from 'vitest'
import { draftManifest } from '#shared/contract/model-wizard'
import { installed } from '../testing/installed'
import { asJson, valueAt, withValue } from './json-path'
import { forPreview, mergeProposal } from './merge-proposal'

const { manifest } = installed({ id: 'faces', version: '1.2.0', task: 'detection' })
const draft = asJson(draftManifest.parse(manifest))

describe('a draft', () => {
  it('keeps what was written of the model when another task is proposed', () => {
    const proposal = withValue(withValue(draft, 'id', 'proposed'), 'task', 'classification')
    const merged = mergeProposal(proposal, draft)
    expect(valueAt(merged, 'id')).toBe('faces')
    expect(valueAt(merged, 'task')).toBe('classification')
  })

  it('asks for the same preview whatever the model is called', () => {
    const renamed = withValue(withValue(draft, 'name.en', 'Faces'), 'licence', 'MIT')
    expect(forPreview(renamed)).toEqual(forPreview(draft))
    expect(draftManifest.safeParse(forPreview(draft)).success).toBe(true)
    expect(forPreview(withValue(draft, 'operatingPoint.threshold', 0.2))).not.toEqual(forPreview(draft))
  })
})
