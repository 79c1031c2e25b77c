import { describe, expect, it } from 'vitest'
import { installed } from '../testing/installed'
import { losses } from './weights-loss'

const { manifest } = installed({
  id: 'two-files',
  version: '1.0.0',
  task: 'classification',
  metrics: [{ name: 'accuracy', value: 0.9, set: 'validation' }],
})
const [first] = manifest.weights
if (!first) throw new Error('no weights')
const small = {
  ...first,
  precision: 'int8' as const,
  metrics: [
    { name: 'accuracy', value: 0.88, set: 'validation' },
    { name: 'accuracy', value: 0.7, set: 'another set' },
  ],
}

describe('what a smaller file loses', () => {
  it('is measured against the same figure of the same set', () => {
    const [same, other] = losses({ ...manifest, weights: [first, small] }, small)
    expect(same?.change).toBeCloseTo(-0.02, 9)
    expect(other?.change).toBeNull()
  })

  it('is nothing for the first file itself', () => {
    const measured = { ...first, metrics: manifest.metrics }
    expect(losses({ ...manifest, weights: [measured, small] }, measured)).toMatchObject([{ change: null }])
  })
})
