import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { LibraryBench } from '#main/library/testing/bench'
import { writeDicom } from '#main/library/testing/tiny-dicom'
import { printNotices } from './import-notices'

let bench: LibraryBench
beforeEach(() => {
  bench = new LibraryBench()
})
afterEach(() => bench.close())

it('names files that were taken in as another version, and says nothing of duplicates', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  const first = join(bench.inputs, 'first.dcm')
  writeDicom(first, { instance: '1.2.1' })
  await bench.import(first)
  cpSync(first, join(bench.inputs, 'same.dcm'))
  const other = join(bench.inputs, 'other.dcm')
  writeDicom(other, { instance: '1.2.1', number: 7, position: [0, 0, 9] })
  const { id } = await bench.import(bench.inputs)
  const kinds = bench.library.problems({ jobId: id, offset: 0, limit: 10 }).items.map(({ kind }) => kind)
  expect(new Set(kinds)).toEqual(new Set(['duplicate', 'other-version']))
  printNotices(bench.library, id)
  const lines = said.mock.calls.flat().join('\n')
  expect(lines).toContain(other)
  expect(lines).not.toContain('same.dcm')
  said.mockRestore()
})
