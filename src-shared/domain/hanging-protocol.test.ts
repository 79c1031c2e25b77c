import { describe, expect, test } from 'vitest'
import {
  builtInProtocols,
  type HangingProtocol,
  hang,
  hangingProtocol,
  protocolFor,
} from './hanging-protocol'

let last = 0
const series = (
  modality: string,
  of: { description?: string; bodyPart?: string; imageCount?: number } = {},
) => {
  last += 1
  const defaults = { description: '', bodyPart: null, imageCount: 10 }
  return { id: last, studyId: 1, modality, ...defaults, ...of }
}
const study = { description: 'Whole body' }
const protocol = (change: object): HangingProtocol =>
  hangingProtocol.parse({ id: 'x', name: 'x', rule: {}, layout: '1x2', panes: [{}, {}], ...change })

describe('hanging protocols', () => {
  test('the first that fits is taken; switched off ones never', () => {
    const [ct, pt] = [series('CT'), series('PT')]
    expect(protocolFor(builtInProtocols, study, [ct, pt])?.id).toBe('pet-ct')
    expect(protocolFor(builtInProtocols, study, [ct, series('MR')])).toBeNull()
    expect(protocolFor(builtInProtocols, study, [series('CT', { bodyPart: 'Chest' })])?.id).toBe('chest-ct')
    expect(protocolFor(builtInProtocols, study, [ct, series('PT', { imageCount: 0 })])).toBeNull()
  })

  test('rules hold modality, body part, description and number of series', () => {
    const rule = { modalities: ['MR'], bodyPart: 'knee', description: 't2', seriesAtLeast: 2 }
    const own = [protocol({ rule })]
    const fitting = [series('MR', { bodyPart: 'KNEE', description: 'sag T2 fs' }), series('MR')]
    expect(protocolFor(own, study, fitting)).toBe(own[0])
    expect(protocolFor(own, study, fitting.slice(0, 1))).toBeNull()
    expect(protocolFor(own, study, [series('MR', { bodyPart: 'KNEE' }), series('MR')])).toBeNull()
  })

  test('panes take different series, and one twice only where there is no other', () => {
    const [t1, t2, ct] = [
      series('MR', { description: 'T1' }),
      series('MR', { description: 'T2' }),
      series('CT'),
    ]
    const mr = protocol({ panes: [{ modality: 'MR' }, { modality: 'MR' }] })
    expect(hang(mr, [ct, t1, t2], [])).toEqual([t1, t2])
    expect(hang(mr, [ct, t1], [])).toEqual([t1, t1])
    const named = protocol({ panes: [{ description: 't2' }, {}, { modality: 'US' }] })
    expect(hang(named, [ct, t1, t2], [])).toEqual([t2, ct, null])
  })

  test('a pane for the prior takes from the other study', () => {
    const [now, before] = [series('CT'), series('CT')]
    const compare = protocol({ panes: [{}, { prior: true }] })
    expect(hang(compare, [now], [before])).toEqual([now, before])
    expect(hang(compare, [now], [])).toEqual([now, null])
  })

  test('those the app comes with are valid', () => {
    for (const one of builtInProtocols) expect(hangingProtocol.parse(one)).toEqual(one)
  })
})
