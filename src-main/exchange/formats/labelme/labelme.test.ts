import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Shape } from '#shared/domain/annotation/shape'
import { encodeRle } from '#shared/geometry/rle'
import { annotationOf, forget, imageOf, readFileOf, roundTrip, writeSet } from '../testing/sets'
import { labelMe } from '.'

const mask = encodeRle(
  Array.from({ length: 4800 }, (_, i) => (i % 80 > 20 && i % 80 < 30 && i > 800 && i < 3000 ? 1 : 0)),
  60,
  80,
)
const shapes: Shape[] = [
  { kind: 'box', box: [1.5, 2, 30, 20.25], angle: 0 },
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
      [
        [
          [50, 5],
          [60, 5],
          [60, 9],
        ],
      ],
    ],
  },
  { kind: 'mask', mask },
  { kind: 'ellipse', centre: [40, 30], radii: [20, 20], angle: 0 },
  { kind: 'ellipse', centre: [40, 30], radii: [20, 10], angle: 15 },
  { kind: 'point', point: [12.5, 13.5] },
  {
    kind: 'line',
    points: [
      [1, 2],
      [3, 4],
      [9, 9],
    ],
  },
  {
    kind: 'angle',
    points: [
      [1, 2],
      [3, 4],
      [9, 9],
    ],
  },
]

it('gives back every shape, and tells of those other programs see simplified', async () => {
  const annotations = [
    ...shapes.map((shape) => annotationOf('tea', shape, { attributes: { size: 'l' } })),
    annotationOf('blurred', { kind: 'tag' }),
  ]
  const {
    annotations: read,
    failures,
    notices,
  } = await roundTrip(labelMe, [imageOf(1, annotations)], '1.json')
  expect(failures).toEqual([])
  expect(notices).toHaveLength(3)
  expect(read.map(({ shape }) => shape)).toEqual([{ kind: 'tag' }, ...shapes])
  expect(read[0]).toMatchObject({ label: { name: 'blurred' } })
  expect(read[1]).toMatchObject({ attributes: { size: 'l' }, reader: 'Li', object: annotations[0]?.objectId })
})

it('gives back a turned box to a thousandth', async () => {
  const turned: Shape = { kind: 'box', box: [10, 10, 30, 20], angle: 33 }
  const { annotations } = await roundTrip(labelMe, [imageOf(1, [annotationOf('tea', turned)])], '1.json')
  const shape = annotations[0]?.shape
  expect(
    shape?.kind === 'box' && [...shape.box, shape.angle].map((value) => Number(value.toFixed(3))),
  ).toEqual([10, 10, 30, 20, 33])
})

it('reads what a stranger wrote, without unpacking bombs', async () => {
  const written = await writeSet(labelMe, [imageOf(1, [])])
  const path = join(written.folder, 'other.json')
  const huge = Buffer.alloc(40)
  huge.writeUInt32BE(1_000_000, 16)
  writeFileSync(
    path,
    JSON.stringify({
      imagePath: '..\\pictures\\1.jpg',
      shapes: [
        {
          label: 'a',
          points: [
            [1, 1],
            [5, 1],
            [5, 5],
          ],
          shape_type: 'polygon',
          group_id: 3,
        },
        { label: 'a', points: [[1, 1]], shape_type: 'polygon' },
        {
          label: 'a',
          points: [
            [1, 1],
            [3, 3],
          ],
          shape_type: 'mask',
          mask: huge.toString('base64'),
        },
        { label: '', points: [[1, 1]], shape_type: 'point' },
        { label: 'a', points: 'none' },
      ],
    }),
  )
  const { annotations, failures } = await readFileOf(labelMe, path, [imageOf(1, [])])
  forget(written)
  expect(annotations).toMatchObject([{ object: '1 3', shape: { kind: 'polygon' } }])
  expect(failures).toHaveLength(4)
})
