import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { expect, it } from 'vitest'
import { annotationOf, forget, imageOf, writeSet } from '../testing/sets'
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
