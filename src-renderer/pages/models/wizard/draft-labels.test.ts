import { describe, expect, it } from 'vitest'
import {
  addLabel,
  labelId,
  labelIds,
  readLabels,
  removeLabel,
  renameLabel,
  replaceLabels,
} from './draft-labels'
import { asJson, valueAt } from './json-path'

const label = (id: string, index: number) => ({ id, index, name: { en: id, zh: id }, colour: '#ff7a59' })
const manifest = asJson({
  labels: [label('cat', 1), label('dog', 2), label('any', 3)],
  outputs: [
    { decode: 'boxes', labels: ['cat', 'dog'], agnostic: { name: 'o', label: 'any' } },
    { decode: 'embedding', name: 'v' },
  ],
  operatingPoint: { threshold: 0.5, chosen: '', label: 'dog' },
})

describe('labels of a draft', () => {
  it('are renamed everywhere they are named', () => {
    const next = renameLabel(renameLabel(manifest, 1, 'wolf'), 2, 'animal')
    expect(labelIds(next)).toEqual(['cat', 'wolf', 'animal'])
    expect(valueAt(next, 'outputs.0.labels')).toEqual(['cat', 'wolf'])
    expect(valueAt(next, 'outputs.0.agnostic.label')).toBe('animal')
    expect(valueAt(next, 'operatingPoint.label')).toBe('wolf')
  })

  it('never share an id', () => {
    expect(renameLabel(manifest, 0, 'dog')).toBe(manifest)
  })

  it('leave no mention behind when they are removed', () => {
    const next = removeLabel(manifest, 1)
    expect(labelIds(next)).toEqual(['cat', 'any'])
    expect(valueAt(next, 'labels.1.index')).toBe(2)
    expect(valueAt(next, 'outputs.0.labels')).toEqual(['cat'])
    expect(valueAt(next, 'operatingPoint.label')).toBeUndefined()
    expect(valueAt(next, 'outputs.1')).toEqual({ decode: 'embedding', name: 'v' })
  })

  it('are read from a list in both languages and keep the class-agnostic one', () => {
    const list = readLabels('Oat milk, 燕麦奶\n\nTéa\nTéa\n')
    const { labels } = list
    expect(labels.map((one) => valueAt(one, 'id'))).toEqual(['oat-milk', 'tea', 'tea-2'])
    expect(valueAt(labels[0] ?? null, 'name')).toEqual({ en: 'Oat milk', zh: '燕麦奶' })
    const next = replaceLabels(manifest, list)
    expect(labelIds(next).at(-1)).toBe('any')
    expect(valueAt(next, 'labels.3.index')).toBe(4)
    expect(valueAt(next, 'outputs.0.labels')).toEqual(labels.map((one) => valueAt(one, 'id')))
  })

  it('bring their groups along, each group once', () => {
    const list = readLabels('Gala, 嘎啦, Apple, 苹果\nFuji, 富士, Apple, 苹果\nTea')
    expect(list.labels.map((one) => valueAt(one, 'group') ?? null)).toEqual(['apple', 'apple', null])
    expect(valueAt(replaceLabels(manifest, list), 'groups')).toEqual([
      { id: 'apple', name: { en: 'Apple', zh: '苹果' } },
    ])
    expect(valueAt(replaceLabels(replaceLabels(manifest, list), readLabels('Tea')), 'groups')).toEqual([])
  })

  it('have ids even where a name has no Latin letters', () => {
    expect(labelId('苹果', 4)).toBe('label-4')
  })

  it('are added under an id of their own', () => {
    const next = addLabel(addLabel(manifest))
    expect(labelIds(next).slice(3)).toEqual(['label-4', 'label-5'])
    expect(valueAt(next, 'outputs.0.labels')).toEqual(['cat', 'dog', 'label-4', 'label-5'])
  })
})
