import { expect, it } from 'vitest'
import type { Decided } from '#shared/contract/annotations'
import type { ImagePrediction } from '#shared/contract/review'
import {
  decisionOf,
  decisionsOf,
  nextUndecided,
  pictureProposals,
  progressOf,
  settledBy,
  undecidedAbove,
} from './proposals'

const finding = (id: number, imageId: number, score: number): ImagePrediction['findings'][number] => ({
  id,
  imageId,
  label: 'lesion',
  score,
  box: [0, 0, 2, 2],
  areaPx: 4,
  areaMm2: null,
  lesionId: null,
})

const pictures: ImagePrediction[] = [0, 1, 2].map((ordinal) => ({
  predictionId: ordinal,
  imageId: 10 + ordinal,
  ordinal,
  hasMap: false,
  areaMm2: null,
  areaPx: 4,
  topScore: 0.9,
  classes: null,
  findings: [finding(ordinal * 2, 10 + ordinal, 0.4), finding(ordinal * 2 + 1, 10 + ordinal, 0.9)],
}))

const decided = (findingId: number, state: Decided['state'] = 'accepted'): [number, Decided] => [
  findingId,
  { findingId, said: null, annotationId: '', objectId: '', reader: 'Ada', label: 'lesion', state, note: '' },
]

const from = (least: number) => ({ least, generalLabel: null })

it('proposes what reaches the threshold, the surest first', () => {
  const [first] = pictures
  expect(first && pictureProposals(first, from(0.3)).map(({ score }) => score)).toEqual([0.9, 0.4])
  expect(first && pictureProposals(first, from(0.5)).map(({ findingIds }) => findingIds)).toEqual([[1]])
})

it('goes round to the next picture with something undecided', () => {
  expect(nextUndecided(pictures, 0, from(0.5), new Map())?.ordinal).toBe(1)
  expect(nextUndecided(pictures, 2, from(0.5), new Map())?.ordinal).toBe(0)
  expect(nextUndecided(pictures, 0, from(0.5), new Map([decided(3), decided(5)]))?.ordinal).toBe(0)
  expect(nextUndecided(pictures, 0, from(0.5), new Map([decided(1), decided(3), decided(5)]))).toBeNull()
})

it('counts a lesion as decided when all of it is, by what was kept of it', () => {
  const lesion = {
    key: 'l',
    label: 'lesion',
    score: 1,
    findingIds: [1, 2],
    predictionId: null,
    imageId: 1,
    at: 0,
    box: null,
  }
  expect(decisionOf(lesion, new Map([decided(1)]))).toBeNull()
  expect(decisionOf(lesion, new Map([decided(1, 'rejected'), decided(2)]))?.state).toBe('accepted')
  expect(decisionOf(lesion, new Map([decided(1, 'corrected'), decided(2)]))?.state).toBe('corrected')
})

it('proposes what was called of a whole picture before what was found in it, and knows it decided', () => {
  const called = pictures.map((one) => ({
    ...one,
    classes: { called: ['malignant'], likeliest: 'malignant', score: 0.7 },
  }))
  const [first] = called
  if (!first) throw new Error('no picture')
  const [proposal] = pictureProposals(first, from(0.5))
  expect(proposal).toMatchObject({ label: 'malignant', score: 0.7, findingIds: [], predictionId: 0 })
  const said = { imageId: 10, label: 'malignant' }
  const accepted: Decided = { ...decided(1)[1], findingId: null, said, label: 'benign', state: 'corrected' }
  const mine = decisionsOf([accepted, { ...accepted, reader: 'Li', said: { ...said, imageId: 11 } }], 'Ada')
  expect(proposal && decisionOf(proposal, mine)?.label).toBe('benign')
  expect(progressOf(called, from(0.5), mine)).toEqual({ total: 6, decided: 1 })
  expect(undecidedAbove(called, 0.6, from(0.3), mine)).toEqual({
    findingIds: [1, 3, 5],
    classes: [1, 2].map((predictionId) => ({ predictionId, label: 'malignant' })),
  })
  expect(undecidedAbove(called, 0.8, from(0.3), mine).classes).toEqual([])
  expect(nextUndecided(called, 0, from(0.5), new Map([decided(3), decided(5)]))?.ordinal).toBe(1)
})

it('proposes a thing once where its box has two labels, and shows neither once it is decided', () => {
  const [first] = pictures
  if (!first) throw new Error('no picture')
  const labels = { 1: 'milk', 2: 'product', 3: 'product' }
  const box = { 1: [0, 0, 2, 2], 2: [0, 0, 2, 2], 3: [5, 5, 2, 2] } as const
  const findings = ([1, 2, 3] as const).map((id) => ({
    ...finding(id, 10, id === 1 ? 0.5 : 0.8),
    label: labels[id],
    box: [...box[id]] satisfies [number, number, number, number],
  }))
  const shelf = { ...first, findings }
  const standard = { least: 0.3, generalLabel: 'product' }
  expect(pictureProposals(shelf, standard).map(({ findingIds }) => findingIds)).toEqual([[3], [1]])
  const unnamed = { ...standard, least: 0.6 }
  expect(pictureProposals(shelf, unnamed).map(({ findingIds }) => findingIds)).toEqual([[2], [3]])
  expect(progressOf([shelf], standard, new Map([decided(1)]))).toEqual({ total: 2, decided: 1 })
  expect(undecidedAbove([shelf], 0.7, standard, new Map()).findingIds).toEqual([3])
  expect([...settledBy(new Map([decided(1)]), [shelf], 'product')]).toEqual([1, 2])
})
