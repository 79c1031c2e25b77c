import { expect, it } from 'vitest'
import { ensembleManifest, isEnsemble, packageManifest } from './index'

const text = { en: 'Both', zh: '两者' }
const both = {
  format: 'lepton-model',
  formatVersion: 1,
  id: 'both',
  version: '1.0.0',
  name: text,
  summary: text,
  task: 'segmentation',
  fits: { domain: 'medical', modalities: ['MR'], photometric: [], colour: 'grey', bodyParts: [] },
  labels: [{ id: 'lesion', index: 1, name: text, colour: '#ff8800' }],
  operatingPoint: { threshold: 0.5, chosen: 'as its members' },
  files: {},
  licence: 'MIT',
  attribution: '',
  trainingData: '',
  intendedUse: text,
  limits: { en: [], zh: [] },
  metrics: [],
  members: [
    { id: 'one-model', version: '1.0.0' },
    { id: 'other-model', version: '2.1.0' },
  ],
  rule: 'mean',
}

it('a manifest that names members is an ensemble', () => {
  const manifest = packageManifest.parse(both)
  expect(isEnsemble(manifest)).toBe(true)
  expect(isEnsemble(manifest) && manifest.members.map(({ id }) => id)).toEqual(['one-model', 'other-model'])
})

it('an ensemble has at least two members and a rule', () => {
  expect(ensembleManifest.safeParse({ ...both, members: both.members.slice(1) }).success).toBe(false)
  expect(packageManifest.safeParse({ ...both, rule: 'guess' }).success).toBe(false)
})
