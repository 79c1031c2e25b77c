import { describe, expect, it } from 'vitest'
import { faultCodes } from '../domain/fault'
import { texts } from './index'

function keys(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [prefix]
  return Object.entries(value).flatMap(([key, inner]) => keys(inner, prefix ? `${prefix}.${key}` : key))
}

/** Chinese has one plural form, English two: `_one` exists only in English. */
const comparable = (value: unknown) =>
  keys(value)
    .filter((key) => !key.endsWith('_one'))
    .sort()

describe('texts', () => {
  it.each(Object.keys(texts.en) as (keyof typeof texts.en)[])(
    '%s has the same keys in both languages',
    (room) => {
      expect(comparable(texts.zh[room])).toEqual(comparable(texts.en[room]))
    },
  )

  it('has a sentence for every error code', () => {
    expect(Object.keys(texts.en.errors).sort()).toEqual([...faultCodes].sort())
  })

  it('leaves no text empty', () => {
    const leaves = JSON.stringify(texts).match(/:""/g) ?? []
    expect(leaves).toEqual([])
  })
})
