import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Database, openDatabase } from '#main/database/open'
import { startEngine } from '#main/engine/host'
import { buildEngine } from '#main/engine/testing/built-engine'
import { writeTinyModel } from '#main/engine/testing/tiny-model'
import type { Engine } from '#main/engine/types'
import { createJobs } from '#main/jobs/service'
import type { Jobs } from '#main/jobs/types'
import { createLibrary } from '#main/library/create-library'
import { createModels } from '#main/models/service'
import { writeThigh } from '#main/samples'
import { scoringRequest } from '#shared/contract/scoring'
import { createScoring } from './service'
import type { Scoring } from './types'

const SLICES = 6
const folder = mkdtempSync(join(tmpdir(), 'lepton-versions-'))
const scans = join(folder, 'scans')
let database: Database
let engine: Engine
let jobs: Jobs
let scoring: Scoring
let built: Awaited<ReturnType<typeof buildEngine>>

beforeAll(async () => {
  built = await buildEngine()
  await writeThigh(scans, { slices: SLICES })
  writeTinyModel(join(folder, 'models/tiny'))
  database = openDatabase(join(folder, 'library.sqlite'))
  engine = startEngine({ entry: built.entry, threads: 1 })
  jobs = createJobs(database)
  const library = createLibrary({ database, engine, jobs, dataFolder: folder, makeSample: async () => {} })
  const folders = [{ path: join(folder, 'models'), bundled: true }]
  const appVersion = '1.0.0'
  const models = createModels({ database, engine, folders, dataFolder: folder, appVersion })
  const preferredProvider = () => 'auto' as const
  scoring = createScoring({ database, engine, jobs, library, models, preferredProvider, appVersion })
}, 120_000)

afterAll(async () => {
  await jobs.close()
  await engine.close()
  database.close()
  built.remove()
  rmSync(folder, { recursive: true })
})

interface Item {
  path: string
  status: string
  sha256: string | null
  reason?: { code: string }
}

async function score(...paths: string[]): Promise<Item[]> {
  const { jobId } = scoring.start(scoringRequest.parse({ target: { kind: 'paths', paths } }))
  expect(await jobs.settled(jobId)).toMatchObject({ state: 'done' })
  const report: { items: Item[] } = JSON.parse([...scoring.document(jobId)].join(''))
  return report.items
}

const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
const seriesOf = (path: string) =>
  database.prepare<[string], number>('SELECT series_id FROM instances WHERE path = ?').pluck().get(path)

it('reports an identical copy under both paths, with the result of the bytes they share', async () => {
  const copies = join(folder, 'copies')
  mkdirSync(copies)
  for (const name of readdirSync(scans)) copyFileSync(join(scans, name), join(copies, name))
  const first = await score(scans)
  const second = await score(copies)
  expect(first.map(({ status }) => status)).toEqual(Array(SLICES).fill('scored'))
  expect(second.map(({ status, sha256 }) => [status, sha256])).toEqual(
    first.map(({ status, sha256 }) => [status, sha256]),
  )
  expect(new Set(second.map(({ path }) => join(path, '..')))).toEqual(new Set([copies]))
})

it('fails a truncated copy beside the good series, and scores the series', async () => {
  const [name = ''] = readdirSync(scans).sort()
  const cut = join(scans, 'cut.dcm')
  copyFileSync(join(scans, name), cut)
  truncateSync(cut, statSync(cut).size - 20_000)
  const items = await score(scans)
  rmSync(cut)
  expect(items.filter(({ status }) => status === 'scored')).toHaveLength(SLICES)
  const failed = items.filter(({ status }) => status !== 'scored')
  expect(failed).toMatchObject([{ path: cut, status: 'failed', reason: { code: 'PIXELS_CORRUPT' } }])
  expect(seriesOf(cut)).not.toBe(seriesOf(join(scans, name)))
})

const missing = spawnSync('dcmcrle', ['--version']).error !== undefined
if (missing) console.warn('skipped: dcmcrle of dcmtk is not installed')

it.skipIf(missing)(
  'scores a series that was compressed anew as a stack of its own, by its own bytes',
  async () => {
    const again = join(folder, 'again')
    mkdirSync(again)
    for (const name of readdirSync(scans)) {
      execFileSync('dcmcrle', [join(scans, name), join(again, name)])
    }
    const items = await score(scans, again)
    expect(items).toHaveLength(2 * SLICES)
    for (const { path, status, sha256, reason } of items) {
      expect({ path, status, sha256, reason }).toEqual({ path, status: 'scored', sha256: hashOf(path) })
    }
    const stackOf = (root: string) => new Set(readdirSync(root).map((name) => seriesOf(join(root, name))))
    const [first, second] = [stackOf(scans), stackOf(again)]
    expect([first.size, second.size, new Set([...first, ...second]).size]).toEqual([1, 1, 2])
  },
)
