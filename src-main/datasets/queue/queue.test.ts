import { expect, it } from 'vitest'
import type { Annotation } from '#shared/domain/annotation/annotation'
import { unit } from '#shared/similarity/vector'
import type { Prediction } from '../predictions'
import { mostDiverse } from './diverse'
import { disagreementOn, uncertaintyOf } from './worth'

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
const box = (label: string, score: number): Prediction['boxes'][number] => ({
  label,
  score,
  box: [0, 0, 10, 10],
})

it('is most unsure where two classes come near each other, or a score the threshold', () => {
  const classes = (first: number, second: number) =>
    prediction({
      classes: [
        { label: 'a', probability: first },
        { label: 'b', probability: second },
      ],
    })
  expect(uncertaintyOf([classes(0.9, 0.05)])?.worth).toBeCloseTo(0.15)
  expect(uncertaintyOf([classes(0.45, 0.44)])).toMatchObject({
    worth: expect.closeTo(0.99),
    reason: { label: 'a' },
  })
  expect(uncertaintyOf([prediction({ boxes: [box('a', 0.95), box('b', 0.55)] })])).toMatchObject({
    worth: expect.closeTo(0.9),
    reason: { value: 0.55, label: 'b' },
  })
  expect(uncertaintyOf([])).toBeNull()
})

it('picks what is far from the labelled and from each other', () => {
  const at = (imageId: number, degrees: number) => ({
    imageId,
    vector: unit(
      Float32Array.of(5 * Math.cos((degrees * Math.PI) / 180), 5 * Math.sin((degrees * Math.PI) / 180)),
    ),
  })
  const chosen = mostDiverse([at(1, 5), at(2, 170), at(3, 175), at(4, 90)], [at(9, 0)], 3)
  expect(chosen.map(({ imageId }) => imageId)).toEqual([3, 4, 2])
  expect(chosen[0]?.distance).toBeCloseTo(1 + Math.cos((5 * Math.PI) / 180))
})

it('measures how far readers and models contradict each other', () => {
  const drawn = (reader: string, label: string, x: number): Annotation => ({
    id: `${reader}${x}`,
    studyId: 1,
    seriesId: 1,
    imageId: 1,
    objectId: '',
    reader,
    label,
    shape: { kind: 'box', box: [x, 0, 10, 10], angle: 0 },
    attributes: {},
    state: 'drawn',
    origin: null,
    note: '',
    revision: 1,
    createdAt: '',
    updatedAt: '',
  })
  expect(disagreementOn([drawn('Li', 'tea', 0), drawn('Wang', 'tea', 1)], [])).toMatchObject({ worth: 0 })
  expect(
    disagreementOn([drawn('Li', 'tea', 0), drawn('Li', 'tea', 50), drawn('Wang', 'tea', 1)], [])?.worth,
  ).toBeCloseTo(1 / 3)
  expect(
    disagreementOn(
      [],
      [prediction({ boxes: [box('a', 1)] }), prediction({ modelId: 'n', boxes: [box('b', 1)] })],
    ),
  ).toMatchObject({ worth: 1, reason: { kind: 'runs' } })
  expect(disagreementOn([drawn('Li', 'tea', 0)], [])).toBeNull()
})
