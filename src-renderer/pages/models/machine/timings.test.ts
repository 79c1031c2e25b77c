import { describe, expect, it } from 'vitest'
import type { ModelTrial } from '#shared/contract/models'
import { LeptonError } from '#shared/domain/fault'
import { provider } from '#shared/domain/provider'
import { installed } from '../testing/installed'
import { progress, refusals, timings } from './timings'

const trial = (change: Partial<ModelTrial>): ModelTrial => ({
  provider: 'cpu',
  precision: 'float32',
  passed: true,
  milliseconds: 10,
  maxDifference: 0,
  fault: null,
  testedAt: '2026-01-01T00:00:00.000Z',
  ...change,
})
const absent = new LeptonError('PROVIDER_REFUSED', { received: 'linux' }).toFault()
const refused = (change: Partial<ModelTrial>) =>
  trial({ passed: false, milliseconds: null, fault: absent, ...change })

describe('timings of a model on this computer', () => {
  const trials = [
    refused({ provider: 'coreml' }),
    trial({ provider: 'webgpu', milliseconds: 40 }),
    trial({}),
    refused({ provider: 'coreml', precision: 'int8' }),
    trial({ precision: 'int8', milliseconds: 5 }),
  ]

  it('put the fastest first and measure all against the slowest', () => {
    const [float32, int8] = timings({ trials, precision: 'float32', chosen: 'cpu' })
    expect(float32?.rows.map((row) => [row.trial.provider, row.share, row.chosen])).toEqual([
      ['cpu', 0.25, true],
      ['webgpu', 1, false],
    ])
    expect(int8?.rows).toMatchObject([{ share: 0.125, chosen: false }])
  })

  it('tell a reason once when every file met it', () => {
    expect(refusals({ trials })).toMatchObject([{ trial: { provider: 'coreml' }, precisions: [] }])
    const one = [...trials, refused({ provider: 'cuda', precision: 'int8' })]
    expect(refusals({ trials: one })[1]).toMatchObject({ precisions: ['int8'] })
  })

  it('count what a run has ended', () => {
    const since = '2026-02-02T00:00:00.000Z'
    const { manifest } = installed({ id: 'one-file', version: '1.0.0', task: 'detection' })
    const total = provider.options.length
    expect(progress({ trials, manifest }, since)).toEqual({ ended: 0, total })
    const later = [trial({ testedAt: '2026-02-02T00:00:01.000Z' }), ...trials.slice(1)]
    expect(progress({ trials: later, manifest }, since)).toEqual({ ended: 1, total })
  })
})
