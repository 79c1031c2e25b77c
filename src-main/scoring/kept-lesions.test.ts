import { expect, test } from 'vitest'
import { keptLesions } from './kept-lesions'

const lesion = (label: string, volumeMm3: number | null, maxProbability: number) => ({
  label,
  volumeMm3,
  maxProbability,
})
const large = lesion('tumour', 10_000, 0.99)
const small = lesion('tumour', 900, 0.99)
const faint = lesion('tumour', 8_000, 0.5)
const alone = lesion('cyst', 900, 0.9)
const unknown = lesion('tumour', null, 0.9)

test('everything stands without rules', () => {
  const all = [small, large, faint, alone, unknown]
  expect(keptLesions(all, { minVolumeMm3: 0, minPeakProbability: 0, minShareOfLargest: 0 })).toEqual(all)
})

test('small ones, faint ones and those beside a much larger one of their label are dropped', () => {
  const rules = { minVolumeMm3: 0, minPeakProbability: 0, minShareOfLargest: 0 }
  const all = [small, large, faint, alone, unknown]
  expect(keptLesions(all, { ...rules, minVolumeMm3: 1000 })).toEqual([large, faint, unknown])
  expect(keptLesions(all, { ...rules, minPeakProbability: 0.8 })).toEqual([small, large, alone, unknown])
  expect(keptLesions(all, { ...rules, minShareOfLargest: 0.1 })).toEqual([large, faint, alone, unknown])
})

test('a faint lesion is no measure for the others', () => {
  const rules = { minVolumeMm3: 0, minPeakProbability: 0.8, minShareOfLargest: 0.2 }
  expect(keptLesions([small, faint], rules)).toEqual([small])
})
