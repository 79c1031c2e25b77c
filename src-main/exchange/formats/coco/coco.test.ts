import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Shape } from '#shared/domain/annotation/shape'
import { encodeRle } from '#shared/geometry/rle'
import { annotationOf, forget, imageOf, readFileOf, roundTrip, writeSet } from '../testing/sets'
import { coco } from '.'
import { compressCounts, countsOf, expandCounts, maskOfCounts } from './rle'

const speckles = encodeRle(
  Array.from({ length: 60 * 80 }, (_, i) => ((i * 7919) % 13 < 4 ? 1 : 0)),
  60,
  80,
)
const shapes: Shape[] = [
  { kind: 'box', box: [1.5, 2, 30, 20.25], angle: 0 },
  { kind: 'box', box: [10, 10, 30, 20], angle: 33 },
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
      [
        [
          [40, 40],
          [50, 40],
          [50, 50],
          [40, 50],
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
  { kind: 'mask', mask: speckles },
  { kind: 'ellipse', centre: [40, 30], radii: [20, 10], angle: 15 },
  { kind: 'point', point: [12.5, 13.5] },
]

it('gives back every shape it can hold, with label, reader, object, note and attributes', async () => {
  const annotations = shapes.map((shape, i) =>
    annotationOf(i % 2 ? 'milk' : 'tea', shape, { note: 'seen', attributes: { size: 2, brand: ['a', 'b'] } }),
  )
  const {
    annotations: read,
    failures,
    notices,
  } = await roundTrip(coco, [imageOf(1, annotations), imageOf(2, [])], 'annotations/instances_default.json')
  expect([failures, notices]).toEqual([[], []])
  expect(read).toMatchObject(
    annotations.map(({ shape, label, reader, objectId, note, attributes }) => ({
      image: { imageId: 1 },
      label: { name: label },
      shape,
      reader,
      object: objectId,
      note,
      attributes,
    })),
  )
})

it('tells of what COCO has no place for', async () => {
  const line = annotationOf('tea', {
    kind: 'line',
    points: [
      [0, 0],
      [5, 5],
    ],
  })
  const written = await writeSet(coco, [imageOf(1, [line, annotationOf('tea', { kind: 'tag' })])])
  forget(written)
  expect(written.notices).toHaveLength(2)
})

it('compresses run lengths both ways', () => {
  const counts = countsOf(speckles)
  expect(expandCounts(compressCounts(counts))).toEqual(counts)
  expect(maskOfCounts(counts, 60, 80)).toEqual(speckles)
  expect(compressCounts([6, 1, 40, 4, 5, 4, 5, 4, 21])).toBe('61X13mN000`0')
})

it('reads on after entries that are wrong', async () => {
  const written = await writeSet(coco, [
    imageOf(1, [annotationOf('tea', { kind: 'box', box: [0, 0, 5, 5], angle: 0 })]),
  ])
  const path = join(written.folder, 'broken.json')
  const good = { image_id: 1, category_id: 1, bbox: [1, 1, 4, 4] }
  writeFileSync(
    path,
    JSON.stringify({
      images: [
        { id: 1, width: 80, height: 60, file_name: '1.jpg' },
        { id: 2, width: 9, height: 9, file_name: '1.jpg' },
        { id: 3 },
      ],
      categories: [{ id: 1, name: 'tea' }],
      annotations: [
        { image_id: 1, category_id: 9, bbox: [0, 0, 1, 1] },
        { image_id: 1, category_id: 1, bbox: [0, 0, -1, 1] },
        { image_id: 1, category_id: 1, segmentation: { size: [60, 80], counts: [5, 1_000_000_000_000] } },
        { image_id: 1, category_id: 1, segmentation: { size: [1_000_000, 1_000_000], counts: 'zzzz' } },
        { image_id: 1, category_id: 1, segmentation: [[1, 2, 3]] },
        null,
        good,
      ],
    }),
  )
  const { annotations, failures } = await readFileOf(coco, path, [imageOf(1, [])])
  forget(written)
  expect(annotations).toHaveLength(1)
  expect(failures).toHaveLength(8)
})
