import { expect, it } from 'vitest'
import type { Annotation } from '#shared/domain/annotation/annotation'
import type { Box } from '#shared/domain/finding'
import type { Member } from '../members/members'
import type { Prediction } from '../predictions'
import { geometryFindings } from './geometry-findings'
import { labelDoubts } from './label-doubts'
import { pictureFaults, sameFindings } from './pixel-findings'
import { shapeFindings } from './shape-findings'

function member(imageId: number, more: Partial<Member> = {}): Member {
  return {
    imageId,
    seriesId: 1,
    studyId: 1,
    ordinal: 0,
    frame: 0,
    identity: `sha256:${imageId}`,
    sha256: null,
    path: `${imageId}.jpg`,
    rows: 100,
    columns: 200,
    subject: 's',
    subjectLabel: 's',
    study: 's',
    sex: null,
    birthDate: null,
    date: null,
    age: null,
    device: null,
    modality: null,
    spacing: null,
    orientation: null,
    excluded: 0,
    ...more,
  }
}
const traits = {
  pixels: 'a',
  likeness: new Uint8Array(32),
  brightness: 120,
  contrast: 50,
  sharpness: 500,
  dark: 0,
  bright: 0,
}
const drawn = (id: string, label: string, box: Box): Annotation => ({
  id,
  studyId: 1,
  seriesId: 1,
  imageId: 1,
  objectId: id,
  reader: 'Li',
  label,
  shape: { kind: 'box', box, angle: 0 },
  attributes: {},
  state: 'drawn',
  origin: null,
  note: '',
  revision: 1,
  createdAt: '',
  updatedAt: '',
})
const kinds = (found: readonly { kind: string; imageId: number }[]) =>
  found.map(({ kind, imageId }) => `${kind} ${imageId}`)

it('tells blank, blurred and clipped pictures from dark ones', () => {
  const pictures = [
    ...Array.from({ length: 9 }, (_, i) => ({ member: member(i), traits })),
    { member: member(20), traits: { ...traits, contrast: 1 } },
    { member: member(21), traits: { ...traits, sharpness: 20 } },
    { member: member(22), traits: { ...traits, contrast: 8, sharpness: 12 } },
    { member: member(23), traits: { ...traits, bright: 0.4 } },
    { member: member(24), traits: { ...traits, dark: 0.7 } },
    { member: member(25, { modality: 'MR' }), traits: { ...traits, dark: 0.7 } },
  ]
  expect(kinds(pictureFaults(pictures))).toEqual(['blank 20', 'blurred 21', 'clipped 23', 'clipped 24'])
})

it('names every picture after the first of the same pixels', () => {
  const pictures = [1, 2, 3].map((id) => ({
    member: member(id),
    traits: { ...traits, pixels: id === 2 ? 'b' : 'a' },
  }))
  expect(sameFindings(pictures)).toEqual([{ kind: 'same-pixels', imageId: 3, otherImageId: 1 }])
})

it('finds shapes that are too small or leave the picture, and pictures without any', () => {
  const members = [member(1), member(2)]
  const annotations = new Map([
    [
      1,
      [
        drawn('in', 'tea', [10, 10, 30, 30]),
        drawn('small', 'tea', [5, 5, 2, 40]),
        drawn('out', 'tea', [190, 10, 40, 20]),
      ],
    ],
  ])
  const found = shapeFindings(members, annotations)
  expect(found.map(({ kind, annotationId = '' }) => `${kind} ${annotationId}`)).toEqual([
    'tiny-shape small',
    'outside-shape out',
    'unlabelled ',
  ])
  expect(found[1]?.value).toBeCloseTo(0.75)
  expect(shapeFindings(members, new Map())).toEqual([])
})

it('finds slices of another plane and pixels of another size', () => {
  const axial = '[1,0,0,0,1,0]'
  const slice = (id: number, more: Partial<Member> = {}) =>
    member(id, { modality: 'MR', orientation: axial, spacing: '[0.5,0.5]', ...more })
  const members = [
    ...Array.from({ length: 9 }, (_, i) => slice(i)),
    slice(20, { orientation: '[0,1,0,0,0,-1]' }),
    slice(21, { spacing: '[2,2]' }),
    slice(22, { spacing: null }),
  ]
  expect(kinds(geometryFindings(members))).toEqual(['odd-orientation 20', 'odd-spacing 21', 'odd-spacing 22'])
})

it('doubts labels that a sure model contradicts, and only those', () => {
  const box: Box = [10, 10, 40, 40]
  const prediction = (more: Partial<Prediction>): Prediction => ({
    id: 1,
    imageId: 1,
    runId: 1,
    modelId: 'm',
    threshold: 0.5,
    boxes: [],
    classes: [],
    ...more,
  })
  const doubts = (boxes: Prediction['boxes'], classes: Prediction['classes'] = []) =>
    labelDoubts(
      [member(1)],
      new Map([[1, [drawn('a', 'tea', box), drawn('b', 'milk', [120, 10, 40, 40])]]]),
      new Map([[1, [prediction({ boxes, classes })]]]),
    )
  expect(doubts([{ label: 'milk', score: 0.95, box: [12, 12, 40, 40] }])).toMatchObject([
    { annotationId: 'a', detail: 'm: milk', value: 0.95 },
  ])
  expect(doubts([{ label: 'tea', score: 0.95, box: [60, 60, 30, 30] }])).toMatchObject([
    { kind: 'label-doubt', imageId: 1 },
  ])
  expect(
    doubts([
      { label: 'milk', score: 0.6, box },
      { label: 'tea', score: 0.99, box },
      { label: 'soap', score: 0.99, box },
    ]),
  ).toEqual([])
  expect(
    doubts(
      [],
      [
        { label: 'milk', probability: 0.97 },
        { label: 'tea', probability: 0.02 },
      ],
    ),
  ).toMatchObject([{ annotationId: 'a' }])
  expect(
    doubts(
      [],
      [
        { label: 'milk', probability: 0.6 },
        { label: 'tea', probability: 0.02 },
      ],
    ),
  ).toEqual([])
})
