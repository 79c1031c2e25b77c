import { describe, expect, it } from 'vitest'
import { asWords, splitKey } from './figure-words'

const known = (figure: string) => ['auc', 'recall', 'top-1', 'macro-auc'].includes(figure)

describe('figure keys', () => {
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
