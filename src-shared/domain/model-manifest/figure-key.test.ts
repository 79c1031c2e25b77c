import { expect, it } from 'vitest'
import { figureKey, withoutFlips } from './figure-key'

it('calls a figure the same however a recipe writes it', () => {
  expect(['falseLesions', 'false_lesions', 'false-lesions'].map(figureKey)).toEqual(
    Array(3).fill('false-lesions'),
  )
  expect(figureKey('mAP50-95')).toBe('map50-95')
})

it('knows a figure measured with mirror images by its ending', () => {
  expect(withoutFlips(figureKey('dice-flips'))).toEqual({ key: 'dice', flips: true })
  expect(withoutFlips(figureKey('mAP50_flips'))).toEqual({ key: 'map50', flips: true })
  expect(withoutFlips('dice')).toEqual({ key: 'dice', flips: false })
})
