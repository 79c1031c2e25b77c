import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Shape } from '#shared/domain/annotation/shape'
import { maskOf } from '#shared/geometry/shapes/parts'
import { annotationOf, forget, imageOf, readFileOf, writeSet } from '../testing/sets'
import { yoloFormats } from '.'

const [detect, segment, obb] = yoloFormats
if (!detect || !segment || !obb) throw new Error('three tasks')

const through = async (format: typeof detect, shapes: readonly Shape[]) => {
  const images = [
    imageOf(
      1,
      shapes.map((shape) => annotationOf('tea', shape)),
    ),
    imageOf(2, []),
  ]
  const written = await writeSet(format, images, { pictures: 'name' })
  const read = await readFileOf(detect, join(written.folder, 'data.yaml'), images)
  forget(written)
  return { ...read, notices: written.notices, files: written.files }
}
const close = (shape: Shape | undefined) =>
  JSON.parse(JSON.stringify(shape), (_, value) =>
    typeof value === 'number' ? Number(value.toFixed(3)) : value,
  )

it('gives back boxes, turned boxes and polygons', async () => {
  const box: Shape = { kind: 'box', box: [1.5, 2, 30, 20.25], angle: 0 }
  const one = await through(detect, [box])
  expect(close(one.annotations[0]?.shape)).toEqual(box)
  expect(one.files).toEqual(['labels/train/1.txt', 'labels/train/2.txt', 'train.txt', 'data.yaml'])
  const turned: Shape = { kind: 'box', box: [10, 10, 30, 20], angle: 33 }
  expect(close((await through(obb, [turned])).annotations[0]?.shape)).toEqual(turned)
  const polygon: Shape = {
    kind: 'polygon',
    parts: [
      [
        [
          [1, 1],
          [20, 1],
          [20, 30],
          [5, 9],
          [0.5, 3],
        ],
      ],
    ],
  }
  const read = await through(segment, [polygon])
  expect(close(read.annotations[0]?.shape)).toEqual(polygon)
  expect(read.notices).toEqual([])
})

it('keeps the pixels of holes and parts by bridges, and tells of it', async () => {
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
        [
          [25, 25],
          [25, 30],
          [30, 30],
          [30, 25],
        ],
      ],
      [
        [
          [50, 10],
          [60, 10],
          [60, 20],
          [50, 20],
        ],
      ],
    ],
  }
  const { annotations, notices } = await through(segment, [shape])
  expect(notices).toEqual(['holes and separate parts of tea'])
  const read = annotations[0]?.shape
  expect(read && maskOf(read, 60, 80)).toEqual(maskOf(shape, 60, 80))
})

it('tells of angles and outlines that boxes cannot hold, and leaves out points', async () => {
  const { notices, annotations } = await through(detect, [
    { kind: 'box', box: [10, 10, 30, 20], angle: 33 },
    { kind: 'ellipse', centre: [30, 30], radii: [20, 10], angle: 0 },
    { kind: 'point', point: [1, 1] },
  ])
  expect(notices).toEqual(['angle of tea', 'outline (ellipse) of tea', 'point of tea'])
  expect(annotations).toHaveLength(2)
})

it('reads on after lines and files that are wrong', async () => {
  const written = await writeSet(
    detect,
    [imageOf(1, [annotationOf('tea', { kind: 'box', box: [1, 1, 4, 4], angle: 0 })])],
    { pictures: 'name' },
  )
  writeFileSync(
    join(written.folder, 'labels/train/1.txt'),
    '0 0.5 0.5 0.1 0.1\n7 0.5 0.5 0.1 0.1\n0 a b c d\n0 0.1\n0 900 0.5 0.1 0.1\n',
  )
  mkdirSync(join(written.folder, 'labels/val'))
  writeFileSync(join(written.folder, 'labels/val/strange.txt'), '0 0.5 0.5 0.1 0.1\n')
  const { annotations, failures } = await readFileOf(detect, join(written.folder, 'data.yaml'), [
    imageOf(1, []),
  ])
  expect(readFileSync(join(written.folder, 'data.yaml'), 'utf8')).toContain('tea')
  forget(written)
  expect(annotations).toHaveLength(1)
  expect(failures).toEqual([
    'labels/train/1.txt:2: INPUT_INVALID',
    'labels/train/1.txt:3: INPUT_INVALID',
    'labels/train/1.txt:4: INPUT_INVALID',
    'labels/train/1.txt:5: INPUT_INVALID',
    'labels/val/strange.txt: NOT_FOUND',
  ])
})
