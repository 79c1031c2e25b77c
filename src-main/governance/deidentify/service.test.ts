import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Database, openDatabase } from '#main/database/open'
import { burnedInOf } from '#main/deidentify/burned-in/burned-in-of'
import { deidentifyFile } from '#main/deidentify/deidentify-file'
import { previewFile } from '#main/deidentify/preview-file'
import { dicomBytes, greyImage, type Part, shorts } from '#main/imaging/testing/dicom-file'
import { createJobs } from '#main/jobs/service'
import type { Jobs } from '#main/jobs/types'
import { distinctInputs, walk } from '#main/library/import/walk'
import { exportRequest } from '#shared/contract/deidentify'
import { createExports } from './service'
import type { ExportDeps, Exports } from './types'

let folder: string
let database: Database
let jobs: Jobs
let begun: number
let beforeFile: () => void

const exportsOf = (engine: Partial<ExportDeps['engine']> = {}): Exports =>
  createExports({
    database,
    jobs,
    dataFolder: folder,
    appVersion: '1.0.0',
    walk: (paths, signal) => walk(distinctInputs(paths), signal),
    engine: {
      deidentify: (task) => {
        begun++
        beforeFile()
        return deidentifyFile(task)
      },
      previewDeidentified: async (task) => previewFile(task),
      burnedIn: burnedInOf,
      ...engine,
    },
  })

const scan = (instance: string): Buffer => {
  const person: Part[] = [
    [0x00080018, 'UI', instance],
    [0x00100020, 'LO', 'MRN4711'],
    [0x0020000d, 'UI', '1.2.3.1'],
    [0x0020000e, 'UI', '1.2.3.2'],
  ]
  return dicomBytes([...greyImage(1, 2, 16, person), [0x7fe00010, 'OW', shorts(1, 2)]])
}

const request = (more: object = {}) =>
  exportRequest.parse({
    target: { kind: 'paths', paths: [join(folder, 'in')] },
    folder: join(folder, 'out'),
    deidentify: {},
    ...more,
  })

const written = () =>
  readdirSync(join(folder, 'out'), { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, 'out', name)).isFile())
    .sort()

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lepton-export-'))
  database = openDatabase(join(folder, 'library.sqlite'))
  jobs = createJobs(database)
  begun = 0
  beforeFile = () => {}
  mkdirSync(join(folder, 'in', 'MRN4711 Doe'), { recursive: true })
  for (const number of [1, 2, 3])
    writeFileSync(join(folder, 'in/MRN4711 Doe', `${number}.dcm`), scan(`1.2.3.9.${number}`))
})

afterEach(async () => {
  await jobs.close()
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

test('writes every file that can be made safe, and says what became of the others', async () => {
  writeFileSync(join(folder, 'in', 'notes.txt'), 'Jane Doe called')
  writeFileSync(join(folder, 'in', 'cut.dcm'), scan('1.2.3.9.4').subarray(0, 190))
  copyFileSync(join(folder, 'in/MRN4711 Doe/1.dcm'), join(folder, 'in', 'again.dcm'))
  const exports = exportsOf()
  const keyTable = join(folder, 'keys.csv')
  const { jobId } = await exports.start(request({ keyTable }))
  expect(await jobs.settled(jobId)).toMatchObject({ state: 'done', total: 6, done: 4, skipped: 1, failed: 1 })
  const files = written()
  expect(files.filter((name) => name.endsWith('.dcm'))).toHaveLength(4)
  expect(files.some((name) => name.endsWith('-2.dcm'))).toBe(true)
  expect(files.filter((name) => name.includes('part'))).toEqual([])
  const { missing, reports } = exports.outcome(jobId)
  expect(missing.map(({ fault }) => fault.code).sort()).toEqual(['DICOM_INVALID', 'FORMAT_UNKNOWN'])
  for (const report of reports) {
    const text = readFileSync(report, 'utf8')
    expect(text).not.toMatch(/MRN4711|Doe|Jane|1\.2\.3\.9/)
    expect(text).toContain(files.find((name) => name.endsWith('.dcm')))
  }
  const keys = readFileSync(keyTable, 'utf8')
  expect(keys).toMatch(/^patient,MRN4711,LS-[2-9A-Z]{10}\r$/m)
  expect(statSync(keyTable).mode & 0o077).toBe(0)
})

test('goes on where it was stopped, and writes nothing twice', async () => {
  const exports = exportsOf()
  beforeFile = () => {
    if (begun === 1) setImmediate(() => jobs.pause(1))
  }
  const { jobId } = await exports.start(request())
  await jobs.settled(jobId)
  jobs.resume(jobId)
  expect(await jobs.settled(jobId)).toMatchObject({ state: 'done', done: 3, failed: 0 })
  expect(written().filter((name) => name.endsWith('.dcm'))).toHaveLength(3)
})

test('a file that ends the engine is a failure of its own', async () => {
  beforeFile = () => {
    if (begun === 2) throw new Error('the engine ended')
  }
  const { jobId } = await exportsOf().start(request())
  expect(await jobs.settled(jobId)).toMatchObject({ state: 'done', done: 2, failed: 1 })
})

test('a name that leads out of the folder is refused', async () => {
  const engine: Partial<ExportDeps['engine']> = {
    deidentify: async (task) => ({ ...(await deidentifyFile(task)), name: '../../escaped.dcm' }),
  }
  const { jobId } = await exportsOf(engine).start(request())
  expect(await jobs.settled(jobId)).toMatchObject({ done: 0, failed: 3 })
  expect(existsSync(join(folder, '..', 'escaped.dcm'))).toBe(false)
  expect(written().filter((name) => name.endsWith('.dcm') || name.includes('part'))).toEqual([])
})

test('without de-identification the files are copied as they are', async () => {
  const { jobId } = await exportsOf().start(request({ deidentify: null }))
  expect(await jobs.settled(jobId)).toMatchObject({ state: 'done', done: 3 })
  const copy = readFileSync(join(folder, 'out/MRN4711_Doe/1.dcm'))
  expect(copy.equals(readFileSync(join(folder, 'in/MRN4711 Doe/1.dcm')))).toBe(true)
})

test('a wrong list of private elements is told before anything is written', async () => {
  const asked = exportsOf().start(request({ deidentify: { keepPrivate: ['0019 ACME'] } }))
  await expect(asked).rejects.toMatchObject({ code: 'INPUT_INVALID' })
})
