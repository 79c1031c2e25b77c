import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { expect, it } from 'vitest'
import type { Shape } from '#shared/domain/annotation/shape'
import { maskOf } from '#shared/geometry/shapes/parts'
import { annotationOf, forget, imageOf, readFileOf, roundTrip, writeSet } from '../testing/sets'
import { pngMasks } from '.'

it('numbers labels and annotations, the later on top, and tells of what is covered or has no area', async () => {
  const written = await writeSet(pngMasks, [
    imageOf(1, [
      annotationOf('tea', { kind: 'box', box: [0, 0, 10, 10], angle: 0 }),
      annotationOf('milk', { kind: 'box', box: [5, 5, 10, 10], angle: 0 }),
      annotationOf('tea', { kind: 'box', box: [40, 40, 5, 5], angle: 0 }),
      annotationOf('tea', { kind: 'point', point: [1, 1] }),
    ]),
  ])
  const at = (folder: string, x: number, y: number) => {
    const { data, width, depth } = decode(readFileSync(join(written.folder, folder, '1.png')))
    return [data[y * width + x], depth]
  }
  expect([at('classes', 0, 0), at('classes', 6, 6), at('classes', 20, 20), at('classes', 42, 42)]).toEqual([
    [1, 8],
    [2, 8],
    [0, 8],
    [1, 8],
  ])
  expect([at('instances', 0, 0), at('instances', 6, 6), at('instances', 42, 42)]).toEqual([
    [1, 16],
    [2, 16],
    [3, 16],
  ])
  expect(JSON.parse(readFileSync(join(written.folder, 'masks.json'), 'utf8'))).toMatchObject({
    labels: [
      { number: 1, label: 'tea' },
      { number: 2, label: 'milk' },
    ],
    images: [
      { name: '1.png', instances: [{ number: 1, label: 'tea' }, { label: 'milk' }, { label: 'tea' }] },
    ],
  })
  expect(written.notices).toEqual(['overlap of milk', 'point of tea'])
  forget(written)
})

const box: Shape = { kind: 'box', box: [3, 4, 20, 10], angle: 30 }
const polygon: Shape = {
  kind: 'polygon',
  parts: [
    [
      [
        [40, 30],
        [70, 32],
        [60, 55],
      ],
    ],
  ],
}
const images = [
  imageOf(1, [annotationOf('tea', box, { objectId: 'one' }), annotationOf('milk', polygon)]),
  imageOf(2, [annotationOf('tea', polygon)], { path: '/shelf/2.png', format: 'png' }),
  imageOf(3, []),
]
const masks = (shape: Shape) => ({ kind: 'mask', mask: maskOf(shape, 60, 80) })

it('gives back the same masks with their labels and objects', async () => {
  const { annotations, failures } = await roundTrip(pngMasks, images, 'masks.json')
  expect(failures).toEqual([])
  expect(annotations.map(({ image, label, shape }) => [image?.imageId, label.name, shape])).toEqual([
    [1, 'tea', masks(box)],
    [1, 'milk', masks(polygon)],
    [2, 'tea', masks(polygon)],
  ])
  expect(annotations[0]?.object).toBe('one')
})

it('reads the labels alone where nothing says more, and refuses files elsewhere and of other sizes', async () => {
  const written = await writeSet(pngMasks, images)
  const path = join(written.folder, 'masks.json')
  const whole = JSON.parse(readFileSync(path, 'utf8'))
  const [first, second, third] = whole.images
  const outside = { ...second, name: '../instances/2.png' }
  writeFileSync(path, JSON.stringify({ ...whole, images: [{ name: first.name }, outside, third] }))
  const read = await readFileOf(pngMasks, path, images)
  expect(read.annotations.map(({ label, shape }) => [label.name, shape])).toEqual([
    ['tea', masks(box)],
    ['milk', masks(polygon)],
  ])
  expect(read.failures).toEqual(['image 2: PATH_REFUSED'])
  const larger = await readFileOf(pngMasks, path, [imageOf(1, [], { rows: 61 })])
  expect(larger.failures[0]).toBe('image 1: INPUT_INVALID')
  rmSync(join(written.folder, 'classes'), { recursive: true })
  expect((await readFileOf(pngMasks, path, images)).failures[0]).toBe('image 1: FILE_NOT_FOUND')
  forget(written)
})
