import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspectFile } from '#main/imaging'
import { dicomBytes, greyImage, shorts } from '#main/imaging/testing/dicom-file'
import { LeptonError } from '#shared/domain/fault'
import { inspectFiles } from './inspect-files'

const PIXELS = 0x7fe00010
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lepton-inspect-'))
  mkdirSync(join(folder, 'sub'))
  const image = dicomBytes([...greyImage(1, 4), [PIXELS, 'OW', shorts(1, 2, 3, 6)]])
  writeFileSync(join(folder, 'image.dcm'), image)
  writeFileSync(join(folder, 'report.dcm'), dicomBytes([[0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.88.22']]))
  writeFileSync(join(folder, 'sub/short.dcm'), image.subarray(0, image.length - 4))
  writeFileSync(join(folder, 'sub/notes.txt'), 'plain text that is no picture at all')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The engine's own work in this process; one file ends it. */
const engine = {
  inspect: async (path: string) => {
    if (path.endsWith('notes.txt')) throw new LeptonError('ENGINE_CRASHED', { received: path })
    return inspectFile(path)
  },
}

async function inspected(...paths: string[]) {
  const found: string[][] = []
  for await (const { name, inspection } of inspectFiles(engine, paths)) {
    found.push([name, inspection.status, ...('code' in inspection ? [inspection.code] : [])])
  }
  return found
}

test('files of a folder come by their paths below it, and nothing stops the rest', async () => {
  expect(await inspected(folder)).toEqual([
    ['image.dcm', 'ok'],
    ['report.dcm', 'no-pixels'],
    ['sub/notes.txt', 'error', 'ENGINE_CRASHED'],
    ['sub/short.dcm', 'error', 'PIXELS_CORRUPT'],
  ])
})

test('a file named itself comes under that name, a missing one with its code', async () => {
  const image = join(folder, 'image.dcm')
  expect(await inspected(image, join(folder, 'gone.dcm'))).toEqual([
    [image, 'ok'],
    [join(folder, 'gone.dcm'), 'error', 'FILE_NOT_FOUND'],
  ])
})

test('an image is told with what it states and the values it holds', async () => {
  expect(await inspectFile(resolve(folder, 'image.dcm'))).toMatchObject({
    status: 'ok',
    transferSyntax: '1.2.840.10008.1.2.1',
    patientName: 'Doe^Jane',
    rows: 1,
    columns: 4,
    frames: 1,
    dtype: 'uint16',
    lossy: false,
    min: 1,
    max: 6,
    mean: 3,
    last_mean: 3,
  })
  expect(await inspectFile(join(folder, 'report.dcm'))).toMatchObject({
    object: 'Enhanced Structured Report',
  })
})
