import { describe, expect, it } from 'vitest'
import { thresholdLines } from './threshold-lines'

const table = [
  { threshold: 0.5, recall: 0.8, falseLesions: 1.2 },
  { threshold: 0.2, recall: 0.9, falseLesions: 2.4, f1: 0.6 },
]

describe('threshold lines', () => {
  it('draw whatever figures a table names, by rising threshold', () => {
    const lines = thresholdLines(table)
    expect(lines.map(({ figure }) => figure)).toEqual(['recall', 'falseLesions', 'f1'])
    expect(lines[0]?.points).toEqual([
      { threshold: 0.2, value: 0.9 },
      { threshold: 0.5, value: 0.8 },
    ])
  })

  it('give counts a scale of their own and leave shares at one', () => {
    expect(thresholdLines(table).map(({ most }) => most)).toEqual([1, 3, 1])
  })

  it('keep a figure that only some rows state', () => {
    expect(thresholdLines(table)[2]?.points).toEqual([{ threshold: 0.2, value: 0.6 }])
  })
})
