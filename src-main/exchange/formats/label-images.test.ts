import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { disc, ExchangeBench } from '../dicom/testing/bench'

let bench: ExchangeBench
beforeEach(async () => {
  bench = await new ExchangeBench().open()
})
afterEach(() => bench.close())

/** Masks by image and label, in order. */
const masks = () =>
  bench
    .said()
    .map(({ imageId, label, shape }) => [imageId, label, shape])
    .sort((a, b) => Number(a[0]) - Number(b[0]) || String(a[1]).localeCompare(String(b[1])))

it.each(['nnunet', 'png'])('a DICOM series keeps its masks through the folder of %s', async (format) => {
  const objectId = randomUUID()
  for (const at of [1, 2, 4]) bench.draw({ kind: 'mask', mask: disc(18, 17, 3 + at) }, { at, objectId })
  bench.draw({ kind: 'mask', mask: disc(8, 9, 4) }, { at: 2, label: 'cyst' })
  const before = masks()
  expect(before).toHaveLength(4)
  await bench.export(format)
  bench.undoAll('Ada Lovelace')
  expect(masks()).toEqual([])
  const { job, problems } = await bench.import(join(bench.out, format))
  expect(problems).toEqual([])
  expect(job).toMatchObject({ state: 'done', done: 1, failed: 0 })
  expect(masks()).toEqual(before)
  const objects = bench.said().filter(({ label }) => label === 'lesion')
  expect(new Set(objects.map((one) => one.objectId)).size).toBe(1)
})
