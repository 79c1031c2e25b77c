import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { encodePng } from '#main/imaging/png'
import { disc, ExchangeBench } from './testing/bench'

let bench: ExchangeBench

beforeEach(() => {
  bench = new ExchangeBench()
})

afterEach(() => bench.close())

it('refuses photographs with a plain reason, and writes the rest', async () => {
  writeFileSync(join(bench.library.inputs, 'shelf.png'), encodePng(8, 8, new Uint8Array(64)))
  await bench.open(bench.library.inputs)
  bench.draw({ kind: 'box', box: [1, 1, 4, 4], angle: 0 })
  const { job, problems, files } = await bench.export('seg', 'sr', 'sc', 'coco')
  expect(job.state).toBe('done')
  expect(problems).toHaveLength(3)
  for (const problem of problems) expect(problem).toContain('DICOM objects refer to DICOM images')
  expect(files.some((file) => file.endsWith('.json'))).toBe(true)
})

it('leaves rejected proposals out, and says that there is nothing', async () => {
  await bench.open()
  bench.draw({ kind: 'mask', mask: disc(18, 17, 5) }, { at: 2, state: 'rejected' })
  const { job, problems, files } = await bench.export('seg', 'sr')
  expect(job).toMatchObject({ state: 'done', failed: 0 })
  expect(files).toEqual([])
  expect(problems).toHaveLength(2)
})

it('goes on with other series where the files of one are gone', async () => {
  await bench.open()
  const objectId = randomUUID()
  bench.draw({ kind: 'mask', mask: disc(18, 17, 5) }, { at: 0, objectId })
  rmSync(bench.library.inputs, { recursive: true })
  const { job, problems } = await bench.export('seg')
  expect(job).toMatchObject({ state: 'done', failed: 1 })
  expect(problems.join()).toContain('FILE_NOT_FOUND')
})

it('says what an imported object belongs to where the library does not have it', async () => {
  await bench.open()
  bench.draw({ kind: 'mask', mask: disc(18, 17, 5) }, { at: 1 })
  const { files } = await bench.export('seg')
  const empty = new ExchangeBench()
  const { job, problems } = await empty.import(...files, join(bench.out, 'missing.dcm'))
  expect(job).toMatchObject({ state: 'done', done: 0, failed: 2 })
  expect(problems.join()).toContain('NOT_FOUND')
  await empty.close()
})
