import { expect, it } from 'vitest'
import type { KnownLabels } from '#shared/contract/models'
import { labelsOf } from './label-names'

const model = (id: string, installed: boolean, names: Record<string, string>): KnownLabels => ({
  model: { id, version: '1.0.0' },
  labels: Object.entries(names).map(([label, name], at) => ({
    id: label,
    index: at + 1,
    name: { en: name, zh: name },
    colour: '#ff8800',
  })),
  groups: [],
  installed,
})

it('knows the labels of removed models, and prefers what installed ones call them', () => {
  const labels = labelsOf([
    model('new', true, { milk: 'Milk' }),
    model('old', false, { milk: 'Old milk', soap: 'Soap' }),
  ])
  const names = new Map(labels.map(({ id, name }) => [id, name.en]))
  expect(names).toEqual(
    new Map([
      ['milk', 'Milk'],
      ['soap', 'Soap'],
    ]),
  )
})
