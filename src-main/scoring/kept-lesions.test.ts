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
const all = [small, large, faint, alone, unknown]
const none = { minVolumeMm3: 0, minPeakProbability: 0, minShareOfHighestPeak: 0, minShareOfLargest: 0 }

test('everything stands without rules', () => {
  expect(keptLesions(all, none)).toEqual(all)
})

test('small ones, faint ones and those beside a much larger one of their label are dropped', () => {
  expect(keptLesions(all, { ...none, minVolumeMm3: 1000 })).toEqual([large, faint, unknown])
  expect(keptLesions(all, { ...none, minPeakProbability: 0.8 })).toEqual([small, large, alone, unknown])
  expect(keptLesions(all, { ...none, minShareOfLargest: 0.1 })).toEqual([large, faint, alone, unknown])
})

test('those less certain than the surest of their label are dropped, however certain the others are', () => {
  expect(keptLesions(all, { ...none, minShareOfHighestPeak: 0.6 })).toEqual([small, large, alone, unknown])
  expect(keptLesions(all, { ...none, minShareOfHighestPeak: 0.95 })).toEqual([small, large, alone])
  expect(keptLesions([faint], { ...none, minShareOfHighestPeak: 1 })).toEqual([faint])
})

test('a faint lesion is no measure for the others', () => {
  expect(keptLesions([small, faint], { ...none, minPeakProbability: 0.8, minShareOfLargest: 0.2 })).toEqual([
    small,
  ])
  expect(
    keptLesions([small, faint], { ...none, minShareOfHighestPeak: 0.8, minShareOfLargest: 0.2 }),
  ).toEqual([small])
})

test('a lesion that is too small is no measure of certainty', () => {
  expect(keptLesions([small, faint], { ...none, minVolumeMm3: 1000, minShareOfHighestPeak: 0.9 })).toEqual([
    faint,
  ])
})
