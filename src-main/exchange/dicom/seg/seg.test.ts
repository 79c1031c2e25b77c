import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { disc, ExchangeBench } from '../testing/bench'
import { errorsOf } from '../testing/dciodvfy'

let bench: ExchangeBench

beforeEach(async () => {
  bench = await new ExchangeBench().open()
})

afterEach(() => bench.close())

it('writes what dciodvfy finds no fault with', async () => {
  const objectId = randomUUID()
  for (const at of [1, 2, 3]) bench.draw({ kind: 'mask', mask: disc(18, 17, 3 + at) }, { at, objectId })
  bench.draw({ kind: 'mask', mask: disc(8, 9, 4) }, { at: 2, label: 'cyst' })
  const { job, problems, files } = await bench.export('seg')
  expect(problems).toEqual([])
  expect(job).toMatchObject({ state: 'done', done: 1, failed: 0 })
  expect(files).toHaveLength(1)
  expect(errorsOf(files[0] ?? '') ?? []).toEqual([])
})
