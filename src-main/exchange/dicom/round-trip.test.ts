import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Annotation } from '#shared/domain/annotation/annotation'
import type { Shape } from '#shared/domain/annotation/shape'
import { disc, ExchangeBench } from './testing/bench'

let bench: ExchangeBench

beforeEach(async () => {
  bench = await new ExchangeBench().open()
})

afterEach(() => bench.close())

const told = ({ imageId, label, reader, shape, note }: Annotation) => ({
  imageId,
  label,
  reader,
  shape,
  note,
})

function drawMasks(): void {
  const objectId = randomUUID()
  for (const at of [1, 2, 4]) bench.draw({ kind: 'mask', mask: disc(18, 17, 3 + at) }, { at, objectId })
  bench.draw({ kind: 'mask', mask: disc(20, 15, 5) }, { at: 2 })
  bench.draw({ kind: 'mask', mask: disc(8, 9, 4) }, { at: 2, label: 'cyst' })
}

it('loads its own segmentations again as they were, overlapping objects apart', async () => {
  drawMasks()
  const before = bench.said()
  const { files } = await bench.export('seg')
  bench.undoAll('Ada Lovelace')
  expect(bench.said()).toEqual([])
  const { job, problems } = await bench.import(...files)
  expect(problems).toEqual([])
  expect(job).toMatchObject({ state: 'done', done: 1 })
  const after = bench.said()
  expect(new Set(after.map(told))).toEqual(new Set(before.map(told)))
  const objects = (all: Annotation[]) => Map.groupBy(all, ({ objectId }) => objectId).size
  expect(objects(after)).toBe(objects(before))
  await bench.import(...files)
  expect(bench.said()).toHaveLength(before.length)
})

const shapes: Shape[] = [
  { kind: 'box', box: [4, 5, 10, 8], angle: 0 },
  {
    kind: 'polygon',
    parts: [
      [
        [
          [2, 2],
          [9, 3],
          [5, 12],
        ],
      ],
    ],
  },
  { kind: 'ellipse', centre: [12, 13], radii: [8, 5], angle: 0 },
  { kind: 'point', point: [7.5, 8.25] },
  {
    kind: 'line',
    points: [
      [1, 1],
      [11, 1],
    ],
  },
  {
    kind: 'line',
    points: [
      [1, 1],
      [11, 1],
      [12, 7],
      [3, 4],
    ],
  },
  {
    kind: 'angle',
    points: [
      [1, 1],
      [5, 5],
      [9, 1],
    ],
  },
  { kind: 'tag' },
]

it('loads its own reports again as they were', async () => {
  drawMasks()
  for (const shape of shapes) bench.draw(shape, { at: 3, note: shape.kind })
  const before = bench.said()
  const { files } = await bench.export('sr')
  bench.undoAll('Ada Lovelace')
  const { problems } = await bench.import(...files.filter((file) => file.includes('SR.')))
  expect(problems).toEqual([])
  expect(new Set(bench.said().map(told))).toEqual(new Set(before.map(told)))
})

it('turns boxes and ellipses back by the same angle', async () => {
  bench.draw({ kind: 'box', box: [10, 12, 9, 6], angle: 30 }, { at: 1 })
  bench.draw({ kind: 'ellipse', centre: [15, 16], radii: [4, 9], angle: 20 }, { at: 2 })
  const { files } = await bench.export('sr')
  bench.undoAll('Ada Lovelace')
  await bench.import(...files)
  const [box, ellipse] = bench.said().map(({ shape }) => shape)
  expect(box).toMatchObject({ kind: 'box', angle: expect.closeTo(30, 3) })
  // the same ellipse, told from its longer axis
  expect(ellipse).toMatchObject({ kind: 'ellipse', radii: [expect.closeTo(9, 3), expect.closeTo(4, 3)] })
})
