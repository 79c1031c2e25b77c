import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Shape } from '#shared/domain/annotation/shape'
import { encodeRle } from '#shared/geometry/rle'
import { annotationOf, forget, imageOf, readFileOf, roundTrip, writeSet } from '../testing/sets'
import { labelStudio } from '.'

const mask = encodeRle(
  Array.from({ length: 4800 }, (_, i) => (i > 800 && (i * 7919) % 13 < 6 ? 1 : 0)),
  60,
  80,
)
const shapes: Shape[] = [
  { kind: 'box', box: [1.5, 2, 30, 20.25], angle: 0 },
  { kind: 'box', box: [10, 10, 30, 20], angle: 33.5 },
  {
    kind: 'polygon',
    parts: [
      [
        [
          [1, 1],
          [20, 1],
          [20, 30],
        ],
      ],
    ],
  },
  {
    kind: 'polygon',
    parts: [
      [
        [
          [0, 0],
          [40, 0],
          [40, 40],
          [0, 40],
        ],
        [
          [10, 10],
          [10, 20],
          [20, 20],
          [20, 10],
        ],
      ],
    ],
  },
  { kind: 'point', point: [12.5, 13.5] },
  { kind: 'ellipse', centre: [40, 30], radii: [20, 10], angle: 15 },
  { kind: 'mask', mask },
  { kind: 'tag' },
]
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, one) => (typeof one === 'number' ? Number(one.toFixed(6)) : one))

it('gives back every shape with attributes, note, reader and object', async () => {
  const annotations = shapes.map((shape) =>
    annotationOf('tea', shape, { note: 'look', attributes: { size: 2 } }),
  )
  const {
    annotations: read,
    failures,
    notices,
  } = await roundTrip(labelStudio, [imageOf(1, annotations), imageOf(2, [])], 'tasks.json')
  expect([failures, notices]).toEqual([[], ['holes and separate parts of tea']])
  expect(rounded(read.map(({ shape }) => shape))).toEqual(shapes)
  expect(read[0]).toMatchObject({
    note: 'look',
    attributes: { size: 2 },
    reader: 'Li',
    object: annotations[0]?.objectId,
  })
})

it('finds pictures as Label Studio names them, and reads on after regions that are wrong', async () => {
  // of 2 x 2 pixels
  const rle = [0, 0, 0, 16, 57, 27, 248, 0, 0, 0, 0, 0]
  const written = await writeSet(labelStudio, [imageOf(1, [])])
  const path = join(written.folder, 'a.json')
  const brush = (bytes: number[]) => ({
    type: 'brushlabels',
    value: { format: 'rle', rle: bytes, brushlabels: ['a'] },
  })
  writeFileSync(
    path,
    JSON.stringify([
      {
        data: { image: '/data/upload/3/0a1b2c3d-1.jpg' },
        annotations: [
          {
            result: [
              brush(rle),
              brush([255, 255, 255, 255, 57, 27]),
              { type: 'videorectangle', value: {} },
              { type: 'choices', value: { choices: ['blurred', 'dark'] } },
              null,
            ],
          },
        ],
      },
      { data: { image: '/data/local-files/?d=shelf%2F1.jpg' }, annotations: [{ result: [] }] },
      { data: {} },
    ]),
  )
  const { annotations, failures } = await readFileOf(labelStudio, path, [imageOf(1, [])])
  forget(written)
  expect(annotations.map(({ label }) => label.name)).toEqual(['blurred', 'dark'])
  expect(failures).toHaveLength(5)
})

it('says what a model proposed apart from what readers said', async () => {
  const origin = { findingId: 1, lesionId: null, runId: 1, modelId: 'm', modelVersion: '1.0.0', score: 0.7 }
  const box: Shape = { kind: 'box', box: [1, 2, 3, 4], angle: 0 }
  const { annotations } = await roundTrip(
    labelStudio,
    [imageOf(1, [annotationOf('tea', box, { state: 'proposed', origin })])],
    'tasks.json',
  )
  expect(annotations).toHaveLength(1)
})
