import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { dicomBytes, type Part } from '#main/imaging/testing/dicom-file'
import { LibraryBench } from '../testing/bench'
import { writeDicom } from '../testing/tiny-dicom'

let bench: LibraryBench
let medium: string
beforeEach(() => {
  bench = new LibraryBench()
  medium = join(bench.inputs, 'cd')
  mkdirSync(join(medium, 'images'), { recursive: true })
})
afterEach(() => bench.close())

const slice = (n: number) => ({ instance: `1.2.1.1.${n}`, number: n, position: [0, 0, n * 3] })

/** Writes a DICOMDIR that refers to files by the components of their paths. */
function writeDirectory(...references: string[]): string {
  const records = references.map((id): Part[] => [
    [0x00041430, 'CS', 'IMAGE'],
    [0x00041500, 'CS', id],
  ])
  const path = join(medium, 'DICOMDIR')
  writeFileSync(path, dicomBytes([[0x00041220, 'SQ', records]]))
  return path
}

const problems = async (jobId: number) =>
  (await bench.client.problems({ jobId })).items.map(({ path, code }) => [
    path.slice(medium.length + 1),
    code,
  ])

it('takes in what a DICOMDIR refers to, in capitals or not, and nothing else', async () => {
  writeDicom(join(medium, 'images/im1'), slice(1))
  writeDicom(join(medium, 'images/im2'), slice(2))
  writeDicom(join(medium, 'images/aside'), slice(3))
  const job = await bench.import(writeDirectory('IMAGES\\IM1', 'IMAGES\\IM2', 'IMAGES\\IM2'))
  expect(job).toMatchObject({ state: 'done', done: 2, failed: 0 })
  expect(bench.count('images')).toBe(2)
})

it('names what is missing and refuses what leads out of the folder', async () => {
  writeDicom(join(medium, 'images/im1'), slice(1))
  writeDicom(join(bench.inputs, 'secret'), slice(2))
  symlinkSync(join(bench.inputs, 'secret'), join(medium, 'images/link'))
  const directory = writeDirectory('IMAGES\\IM1', 'IMAGES\\GONE', '..\\SECRET', 'IMAGES\\LINK', 'IMAGES/IM1')
  const job = await bench.import(directory)
  expect(job).toMatchObject({ state: 'done', done: 1, failed: 4 })
  expect(await problems(job.id)).toEqual(
    expect.arrayContaining([
      ['images/GONE', 'FILE_NOT_FOUND'],
      ['images/link', 'PATH_REFUSED'],
    ]),
  )
  expect((await problems(job.id)).filter(([, code]) => code === 'PATH_REFUSED')).toHaveLength(3)
  expect(bench.count('images')).toBe(1)
})

it('finds the files of a medium once when its folder is named', async () => {
  writeDicom(join(medium, 'images/im1'), slice(1))
  writeDirectory('IMAGES\\IM1')
  const job = await bench.import(medium)
  expect(job).toMatchObject({ state: 'done', done: 1, failed: 0 })
})

it('lists a DICOMDIR whose records are damaged and reads on', async () => {
  writeDicom(join(medium, 'images/im1'), slice(1))
  const directory = writeDirectory('IMAGES\\IM1')
  const bytes = readFileSync(directory)
  bytes.fill(0xff, bytes.indexOf(Buffer.from('feff00e0', 'hex')), bytes.length)
  writeFileSync(directory, bytes)
  const job = await bench.import(directory, join(medium, 'images'))
  expect(job).toMatchObject({ state: 'done', done: 1 })
})
