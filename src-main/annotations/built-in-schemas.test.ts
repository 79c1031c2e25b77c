import { expect, it } from 'vitest'
import { builtInSchemas } from './built-in-schemas'

it('begins with its own labels, even where a model has one of the same key', () => {
  const ofModel = (id: string) => ({ id, index: 0, name: { en: id, zh: id }, colour: '#123456' })
  const [lesions, products] = builtInSchemas({
    medical: [ofModel('lesion'), ofModel('tumour')],
    retail: [ofModel('soap'), ofModel('product')],
  })
  expect(lesions?.labels.map(({ key }) => key)).toEqual([
    'lesion',
    'cyst',
    'measurement',
    'artefact',
    'to-discuss',
    'tumour',
  ])
  expect(products?.labels.map(({ key }) => key)).toEqual(['product', 'gap', 'price-tag', 'unusable', 'soap'])
  expect(products?.labels[0]).toMatchObject({ hotKey: '1', tools: [], colour: '#4cc2ff' })
})
