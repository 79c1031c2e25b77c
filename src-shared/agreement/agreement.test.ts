import { describe, expect, it } from 'vitest'
import type { Annotation } from '../domain/annotation/annotation'
import type { Shape } from '../domain/annotation/shape'
import { agreementOf } from './agreement'
import { intraclassCorrelation } from './intraclass'
import { cohenKappa } from './kappa'
import { matchByOverlap } from './matching'

describe('kappa', () => {
  it('is that of the textbook example: 20, 5, 10 and 15 of 50', () => {
    const times = (count: number, pair: [string, string]) => Array.from({ length: count }, () => pair)
    const pairs = [
      ...times(20, ['yes', 'yes']),
      ...times(5, ['yes', 'no']),
      ...times(10, ['no', 'yes']),
      ...times(15, ['no', 'no']),
    ]
    expect(cohenKappa(pairs)).toBeCloseTo(0.4, 10)
  })
  it('is 1 where nothing but one answer was given, and nothing where none was', () => {
    expect(cohenKappa([['a', 'a']])).toBe(1)
    expect(cohenKappa([])).toBeNull()
  })
})

describe('intraclass correlation', () => {
  it('is that of Shrout and Fleiss, table 4: ICC(2,1) = 0.29', () => {
    const ratings = [
      [9, 2, 5, 8],
      [6, 1, 3, 2],
      [8, 4, 6, 8],
      [7, 1, 2, 6],
      [10, 5, 6, 9],
      [6, 2, 4, 7],
    ]
    expect(intraclassCorrelation(ratings)).toBeCloseTo(0.29, 2)
  })
  it('needs two things and two readers', () => {
    expect(intraclassCorrelation([[1, 2]])).toBeNull()
    expect(intraclassCorrelation([[1], [2]])).toBeNull()
  })
})

it('pairs the largest overlaps first and each thing once', () => {
  const table = [
    [0.5, 0.9],
    [0.4, 0.8],
  ]
  expect(matchByOverlap(2, 2, (l, r) => table[l]?.[r] ?? 0, 0.1)).toEqual([
    { left: 0, right: 1, overlap: 0.9 },
    { left: 1, right: 0, overlap: 0.4 },
  ])
})

describe('two readers', () => {
  const images = new Map([
    [1, { rows: 20, columns: 20, spacing: [2, 2] as const }],
    [2, { rows: 20, columns: 20, spacing: null }],
  ])
  let next = 0
  const said = (shape: Shape, more: Partial<Annotation> = {}): Annotation => {
    const id = `00000000-0000-4000-8000-${String(next++).padStart(12, '0')}`
    return {
      id,
      studyId: 1,
      seriesId: 1,
      imageId: 1,
      objectId: id,
      reader: 'Ada',
      label: 'lesion',
      shape,
      attributes: {},
      state: 'drawn',
      origin: null,
      note: '',
      revision: 1,
      createdAt: '',
      updatedAt: '',
      ...more,
    }
  }
  const box = (x: number, width: number): Shape => ({ kind: 'box', box: [x, 2, width, 10], angle: 0 })

  it('agree where they saw the same, and differ in what only one saw', () => {
    const { labels, differences } = agreementOf({
      left: [said(box(0, 10)), said(box(15, 3))],
      right: [said(box(0, 10)), said(box(12, 2), { imageId: 2 })],
      images,
    })
    const [all] = labels
    expect(all).toMatchObject({ label: null, left: 2, right: 2, both: 1, dice: 1, detection: 0.5 })
    expect(differences.map(({ kind }) => kind)).toEqual(['left-only', 'right-only'])
  })

  it('differ in an outline and in a label, and what was rejected is nothing', () => {
    const { labels, differences } = agreementOf({
      left: [said(box(0, 10)), said(box(12, 4)), said(box(16, 4), { state: 'rejected' })],
      right: [said(box(5, 10)), said(box(12, 4), { label: 'cyst' })],
      images,
    })
    expect(differences.map(({ kind }) => kind).sort()).toEqual(['label', 'outline'])
    expect(labels.find(({ label }) => label === 'lesion')).toMatchObject({
      left: 2,
      right: 1,
      both: 1,
      dice: 0.5,
    })
  })

  it('agree on what they say of images and of the study beyond chance', () => {
    const tag = (label: string, imageId: number | null) => said({ kind: 'tag' }, { label, imageId })
    const left = [tag('a', 1), tag('b', 2)]
    expect(agreementOf({ left, right: left, images }).kappa).toBe(1)
    expect(agreementOf({ left, right: [tag('b', 1), tag('a', 2)], images }).kappa).toBe(-1)
  })
})
