import { expect, it } from 'vitest'
import type { FrozenSet } from '#main/datasets/types'
import type { Annotation } from '#shared/domain/annotation/annotation'
import { schemaLabel } from '#shared/domain/annotation/label-schema'
import { ensureTeachable, lessonOf, without } from './examples'
import { groupingOf } from './groups'

const said = (label: string, change: Partial<Annotation> = {}): Annotation => ({
  id: 'c0ffee00-0000-4000-8000-000000000000',
  studyId: 1,
  seriesId: 1,
  imageId: 1,
  objectId: 'c0ffee00-0000-4000-8000-000000000000',
  reader: 'Ada',
  label,
  shape: { kind: 'tag' },
  attributes: {},
  state: 'drawn',
  origin: null,
  note: '',
  revision: 0,
  createdAt: '',
  updatedAt: '',
  ...change,
})

const pictures = [
  { labels: [said('apple')], subject: 'north', study: 'a' },
  { labels: [said('apple'), said('apple', { reader: 'Grace' })], subject: 'south', study: 'b' },
  { labels: [said('pear')], subject: 'north', study: 'a' },
  { labels: [said('pear'), said('apple', { state: 'rejected' })], subject: 'south', study: 'c' },
  { labels: [said('plum')], subject: 'south', study: 'c' },
  { labels: [said('apple'), said('pear')], subject: 'south', study: 'c' },
  {
    labels: [said('apple', { shape: { kind: 'box', box: [0, 0, 1, 1], angle: 0 } })],
    subject: 'x',
    study: 'x',
  },
  { labels: [said('pear')], subject: 'gone', study: 'gone' },
  { labels: [said('pear')], subject: 'copy', study: 'copy', sha256: 'file 3' },
]
const gone = 8
const set: FrozenSet = {
  name: 'fruit-v1',
  hash: '',
  labels: new Map(
    ['apple', 'pear', 'plum'].map((key) => [
      key,
      schemaLabel.parse({ key, name: { en: key, zh: key }, colour: '#ff8800' }),
    ]),
  ),
  images: pictures.map(({ labels, subject, study, sha256 }, at) => ({
    imageId: at + 1,
    identity: '',
    frame: 0,
    sha256: sha256 ?? `file ${at + 1}`,
    path: `${at + 1}.png`,
    subject,
    study,
    annotations: labels,
    part: null,
  })),
}
const there = new Set(set.images.map(({ imageId }) => imageId).filter((id) => id !== gone))

it('takes pictures with one label of the whole, each file once, and counts the others', () => {
  const lesson = lessonOf(set, there)
  expect(lesson.labels.map(({ key }) => key)).toEqual(['apple', 'pear'])
  expect(lesson.examples.map(({ imageId, label }) => [imageId, label])).toEqual([
    [1, 0],
    [2, 0],
    [3, 1],
    [4, 1],
  ])
  expect(lesson.rare.map(({ label, pictures: count }) => [label.key, count])).toEqual([['plum', 1]])
  expect(Object.fromEntries(lesson.leftOut)).toEqual({
    'no-label': 1,
    'several-labels': 1,
    gone: 1,
    copy: 1,
    'rare-label': 1,
  })
  expect(() => ensureTeachable(lesson)).not.toThrow()
})

it('drops a label that has too few pictures left, and says then what is there', () => {
  const left = without(lessonOf(set, there), new Set([2]))
  expect(left.labels.map(({ key }) => key)).toEqual(['pear'])
  expect(left.examples.map(({ imageId, label }) => [imageId, label])).toEqual([
    [3, 0],
    [4, 0],
  ])
  expect(() => ensureTeachable(left)).toThrow('pear 2, plum 1, apple 1')
})

it('leaves out together what belongs to one store, else one study, else one picture', () => {
  const { examples } = lessonOf(set, there)
  expect(groupingOf(examples)).toEqual({ judgedBy: 'subject', groupOf: [0, 1, 0, 1], groups: 2 })
  const oneStore = examples.map((one) => ({ ...one, subject: 'north' }))
  expect(groupingOf(oneStore)).toEqual({ judgedBy: 'study', groupOf: [0, 1, 0, 2], groups: 3 })
  const oneStudy = oneStore.map((one) => ({ ...one, study: one.label === 0 ? 'a' : one.study }))
  expect(groupingOf(oneStudy)).toEqual({ judgedBy: 'picture', groupOf: [0, 1, 2, 3], groups: 4 })
})
