import { describe, expect, it } from 'vitest'
import { asWords, figureKey, splitKey, withoutFlips } from './figure-key'

const known = (figure: string) => ['auc', 'recall', 'top-1', 'macro-auc'].includes(figure)

describe('figure keys', () => {
  it('are the same however a recipe writes them', () => {
    expect(['falseLesions', 'false_lesions', 'false-lesions'].map(figureKey)).toEqual(
      Array(3).fill('false-lesions'),
    )
    expect(figureKey('mAP50-95')).toBe('map50-95')
  })

  it('tell a figure from what it was measured of, before or after it', () => {
    expect(splitKey('auc-malignant', known)).toEqual({ figure: 'auc', of: 'malignant' })
    expect(splitKey('malignant-recall', known)).toEqual({ figure: 'recall', of: 'malignant' })
    expect(splitKey('coarse-top-1', known)).toEqual({ figure: 'top-1', of: 'coarse' })
    expect(splitKey('speed-of-light', known)).toBeNull()
  })

  it('become words where nothing names them', () => {
    expect(asWords('marked-normals')).toBe('Marked normals')
  })
})

it('knows a figure measured with mirror images by its ending', () => {
  expect(withoutFlips(figureKey('dice-flips'))).toEqual({ key: 'dice', flips: true })
  expect(withoutFlips(figureKey('mAP50_flips'))).toEqual({ key: 'map50', flips: true })
  expect(withoutFlips('dice')).toEqual({ key: 'dice', flips: false })
})
