import { expect, it } from 'vitest'
import { flipGains, withoutGains } from './flip-gains'

const set = 'val'
const weights = [
  {
    precision: 'float16' as const,
    file: 'model.onnx',
    tolerance: { absolute: 1, relative: 0 },
    outputs: [],
    metrics: [],
  },
  {
    precision: 'int8' as const,
    file: 'model.int8.onnx',
    tolerance: { absolute: 1, relative: 0 },
    outputs: [],
    metrics: [
      { name: 'dice', value: 0.5, set },
      { name: 'dice-flips', value: 0.625, set },
    ],
  },
]
const metrics = [
  { name: 'dice', value: 0.75, set },
  { name: 'top-1', value: 0.75, set: 'another' },
  { name: 'dice_flips', value: 0.5, set, gainInterval: [-0.5, 0.25] as [number, number] },
  { name: 'top-1-flips', value: 1, set },
  { name: 'recall-flips', value: 1, set },
]

it('sets a figure with mirror images beside the same one of the same pictures without', () => {
  expect(flipGains({ metrics, weights }, 'float16')).toEqual([
    { figure: 'dice', plain: 0.75, flipped: 0.5, gain: -0.25, interval: [-0.5, 0.25] },
  ])
})

it('takes the figures of the file that runs, and those of the members together for an ensemble', () => {
  const [int8] = flipGains({ metrics, weights }, 'int8')
  expect(int8).toEqual({ figure: 'dice', plain: 0.5, flipped: 0.625, gain: 0.125, interval: null })
  const ensemble = { members: [], rule: 'mean' as const, weights: {} }
  expect(flipGains({ metrics, weights, ensemble }, 'int8')).toHaveLength(1)
  expect(flipGains({ metrics, weights, ensemble }, 'int8')[0]?.plain).toBe(0.75)
  expect(flipGains({ metrics: [], weights }, 'float16')).toEqual([])
})

it('leaves what stands beside another figure out of a list of all', () => {
  const names = ['dice', 'top-1', 'top-1-flips', 'recall-flips']
  expect(withoutGains(metrics).map(({ name }) => name)).toEqual(names)
})
