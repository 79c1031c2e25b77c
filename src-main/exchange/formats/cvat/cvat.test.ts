import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Shape } from '#shared/domain/annotation/shape'
import { encodeRle } from '#shared/geometry/rle'
import { maskOf } from '#shared/geometry/shapes/parts'
import { annotationOf, forget, imageOf, readFileOf, roundTrip, writeSet } from '../testing/sets'
import { cvat } from '.'

const mask = encodeRle(
  Array.from({ length: 4800 }, (_, i) => (i % 80 > 20 && i % 80 < 33 && i > 800 && i % 7 ? 1 : 0)),
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
    kind: 'line',
    points: [
      [1, 2],
      [3, 4],
      [9, 9],
    ],
  },
  { kind: 'point', point: [12.5, 13.5] },
  { kind: 'ellipse', centre: [40, 30], radii: [20, 10], angle: 15 },
  { kind: 'mask', mask },
  { kind: 'tag' },
]

it('gives back every shape with its attributes, and objects that span pictures', async () => {
  const annotations = shapes.map((shape) =>
    annotationOf('tea & milk', shape, {
      objectId: 'one',
      attributes: { size: 2, code: '007', brand: ['a', 'b'] },
    }),
  )
  const {
    annotations: read,
    failures,
    notices,
  } = await roundTrip(cvat, [imageOf(1, annotations), imageOf(2, [])], 'annotations.xml')
  expect([failures, notices]).toEqual([[], []])
  expect(read.map(({ shape }) => shape)).toEqual(shapes)
  expect(read[0]).toMatchObject({
    label: { name: 'tea & milk' },
    attributes: annotations[0]?.attributes,
    object: 'group 1',
  })
})

it('keeps the pixels of holes as a mask and tells of it', async () => {
  const shape: Shape = {
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
  }
  const { annotations, notices } = await roundTrip(
    cvat,
    [imageOf(1, [annotationOf('tea', shape)])],
    'annotations.xml',
  )
  expect(notices).toEqual(['holes of tea'])
  expect(annotations[0]?.shape).toEqual({ kind: 'mask', mask: maskOf(shape, 60, 80) })
})

it('reads on after shapes that are wrong', async () => {
  const written = await writeSet(cvat, [imageOf(1, [])])
  const path = join(written.folder, 'a.xml')
  writeFileSync(
    path,
    `<annotations><version>1.1</version>
    <image id="0" name="gone.jpg" width="80" height="60"/>
    <image id="1" name="x/1.jpg" width="80" height="60">
      <box label="a" xtl="1" ytl="1" xbr="0" ybr="5"/>
      <polygon label="a" points="1,2;3"/>
      <mask label="a" rle="0, 99999999999" left="0" top="0" width="99999" height="99999"/>
      <points label="a" points="1,2;3,4"/>
    </image></annotations>`,
  )
  const { annotations, failures } = await readFileOf(cvat, path, [imageOf(1, [])])
  forget(written)
  expect(annotations.map(({ shape }) => shape.kind)).toEqual(['point', 'point'])
  expect(failures).toHaveLength(4)
})
