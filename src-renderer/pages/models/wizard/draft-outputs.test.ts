import { expect, it } from 'vitest'
import type { GraphTensor } from '#shared/contract/model-wizard'
import { outputDecoding } from '#shared/domain/model-manifest/outputs'
import { outputChoices } from './choices'
import { labelIds } from './draft-labels'
import { addOutput, removeOutput, withAgnostic, withMasks, withoutAgnostic } from './draft-outputs'
import { asJson, listAt, valueAt } from './json-path'

const tensor = (name: string, ...shape: (number | null)[]): GraphTensor => ({ name, shape, type: 'float32' })
const tensors = [
  tensor('output0', 1, 38, 8400),
  tensor('output1', 1, 32, 160, 160),
  tensor('objectness', 1, 8400, 1),
]
const label = (id: string, index: number) => ({ id, index, name: { en: id, zh: id }, colour: '#ff7a59' })
const manifest = (decode: 'yolo' | 'boxes') =>
  asJson({
    labels: [label('cat', 1), label('dog', 2)],
    outputs: [outputChoices([tensor('output0', 1)], ['cat', 'dog'], null)[decode]],
    operatingPoint: { threshold: 0.5, chosen: '' },
  })
const first = (values: ReturnType<typeof manifest>) => outputDecoding.parse(valueAt(values, 'outputs.0'))

it('takes masks from the free tensor of four dimensions, with its coefficients', () => {
  expect(first(withMasks(manifest('yolo'), 'outputs.0', tensors))).toMatchObject({
    masks: { name: 'output1', coefficients: 32 },
  })
})

it('gives a class-agnostic score a label of its own, and takes both back', () => {
  const once = withAgnostic(manifest('boxes'), 'outputs.0', tensors)
  expect(labelIds(once)).toEqual(['cat', 'dog', 'object'])
  expect(first(once)).toMatchObject({
    labels: ['cat', 'dog'],
    agnostic: { name: 'objectness', activation: 'sigmoid', label: 'object' },
  })
  expect(withoutAgnostic(once, 'outputs.0')).toEqual(manifest('boxes'))
})

it('keeps a label that is named elsewhere', () => {
  const once = withAgnostic(manifest('boxes'), 'outputs.0', tensors)
  const kept = withoutAgnostic(addOutput(once, tensors), 'outputs.0')
  expect(labelIds(kept)).toEqual(['cat', 'dog', 'object'])
})

it('adds an output over a tensor that is not read yet, and takes it out again', () => {
  const two = addOutput(manifest('yolo'), tensors)
  expect(listAt(two, 'outputs')).toHaveLength(2)
  expect(outputDecoding.parse(valueAt(two, 'outputs.1'))).toMatchObject({
    decode: 'softmax',
    name: 'output1',
  })
  expect(removeOutput(two, 1)).toEqual(manifest('yolo'))
})
