import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { disc, ExchangeBench } from '../testing/bench'
import { errorsOf } from '../testing/dciodvfy'

let bench: ExchangeBench

beforeEach(async () => {
  bench = await new ExchangeBench().open()
})

afterEach(() => bench.close())

it('reports every kind of annotation without a fault that dciodvfy finds', async () => {
  const objectId = randomUUID()
  for (const at of [1, 2, 3]) bench.draw({ kind: 'mask', mask: disc(18, 17, 3 + at) }, { at, objectId })
  bench.draw({ kind: 'box', box: [4, 5, 10, 8], angle: 0 }, { at: 1 })
  bench.draw({ kind: 'box', box: [4, 5, 10, 8], angle: 30 }, { at: 1 })
  bench.draw(
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
    { at: 2, label: 'cyst' },
  )
  bench.draw({ kind: 'ellipse', centre: [12, 13], radii: [5, 8], angle: 20 }, { at: 2 })
  bench.draw({ kind: 'point', point: [7.5, 8.25] }, { at: 3 })
  bench.draw(
    {
      kind: 'line',
      points: [
        [1, 1],
        [11, 1],
      ],
    },
    { at: 3 },
  )
  bench.draw(
    {
      kind: 'angle',
      points: [
        [1, 1],
        [5, 5],
        [9, 1],
      ],
    },
    { at: 3 },
  )
  bench.draw({ kind: 'tag' }, { at: 4, note: 'blurred' })
  const { job, problems, files } = await bench.export('sr')
  expect(problems).toEqual([])
  expect(job).toMatchObject({ state: 'done', done: 1, failed: 0 })
  expect(files).toHaveLength(2)
  for (const file of files) expect(errorsOf(file) ?? []).toEqual([])
})
