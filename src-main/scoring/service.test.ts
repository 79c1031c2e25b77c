import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { decode } from 'fast-png'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '#main/database/open'
import { startEngine } from '#main/engine/host'
import { buildEngine } from '#main/engine/testing/built-engine'
import { writeTinyModel } from '#main/engine/testing/tiny-model'
import type { Engine } from '#main/engine/types'
import { createJobs } from '#main/jobs/service'
import type { Jobs } from '#main/jobs/types'
import { createLibrary } from '#main/library/create-library'
import { createModels } from '#main/models/service'
import { findingsOfRun } from '#main/review/findings'
import { mapRoute } from '#main/review/map-route'
import { runsOfSeries } from '#main/review/runs'
import { writeThigh } from '#main/samples'
import { MAP_HEADER, routes } from '#shared/contract/routes'
import { scoringRequest } from '#shared/contract/scoring'
import { mapInfo } from '#shared/domain/probability-map'
import { createScoring } from './service'
import type { Scoring } from './types'

const SLICES = 12

describe('scoring a phantom series in a real engine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lepton-scoring-'))
  const scans = join(folder, 'scans')
  const out = join(folder, 'out')
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
    const models = createModels({ database, engine, folders, dataFolder: folder, appVersion: '1.0.0' })
    const preferredProvider = () => 'auto' as const
    scoring = createScoring({
      database,
      engine,
      jobs,
      library,
      models,
      preferredProvider,
      appVersion: '1.0.0',
    })
  }, 120_000)

  afterAll(async () => {
    await jobs.close()
    await engine.close()
    database.close()
    built.remove()
    rmSync(folder, { recursive: true })
  })

  const request = scoringRequest.parse({ target: { kind: 'paths', paths: [scans] } })
  let jobId = 0

  it('scores every slice with the model that fits and links its regions', async () => {
    jobId = scoring.start(request).jobId
    const job = await jobs.settled(jobId)
    expect(job).toMatchObject({ state: 'done', total: SLICES, done: SLICES, failed: 0, model: 'tiny@1.0.0' })
    expect(scoring.plan(request)).toEqual({
      images: SLICES,
      models: [{ model: 'tiny@1.0.0', images: SLICES, series: 1 }],
      skipped: [],
      warned: [],
    })
  })

  it('finds what a job took in when it is asked for by that job', () => {
    const brought = scoringRequest.parse({ target: { kind: 'import', jobId } })
    expect(scoring.plan(brought)).toEqual(scoring.plan(request))
    const nothing = scoringRequest.parse({ target: { kind: 'import', jobId: jobId + 1 } })
    expect(scoring.plan(nothing).images).toBe(0)
  })

  it('tells what was found by series, and everything of one series', () => {
    const { total, items } = scoring.results(jobId, 0, 10)
    expect(total).toBe(1)
    const [series] = items
    if (!series) throw new Error('no series')
    expect(series).toMatchObject({ predicted: SLICES, failed: 0, topLabel: 'bright', model: 'tiny@1.0.0' })
    expect(runsOfSeries(database, series.seriesId)).toMatchObject([
      { runId: series.runId, predicted: SLICES },
    ])
    const { lesions, predictions } = findingsOfRun(database, series.seriesId, series.runId)
    expect(predictions.map(({ ordinal }) => ordinal)).toEqual([...Array(SLICES).keys()])
    expect(lesions.length).toBe(series.lesionCount)
    expect(lesions.length).toBeGreaterThan(0)
    const findings = predictions.flatMap((prediction) => prediction.findings)
    const distances = lesions.map((lesion) => {
      const own = findings.filter(({ lesionId }) => lesionId === lesion.id)
      expect(Math.max(...own.map(({ score }) => score))).toBe(lesion.maxProbability)
      return (lesion.volumeMm3 ?? 0) / own.reduce((sum, { areaMm2 }) => sum + (areaMm2 ?? 0), 0)
    })
    for (const distance of distances) expect(distance).toBeCloseTo(distances[0] ?? 0, 6)
    expect(distances[0]).toBeGreaterThan(0)
    expect(() => findingsOfRun(database, series.seriesId, 99)).toThrow(/NOT_FOUND/)
  })

  it('hands out the probability map of an image', async () => {
    const route = mapRoute(database)
    const { items } = scoring.results(jobId, 0, 1)
    const { seriesId, runId } = items[0] ?? { seriesId: 0, runId: 0 }
    const mapped = findingsOfRun(database, seriesId, runId).predictions.find(({ hasMap }) => hasMap)
    const response = await route.request(routes.map(mapped?.predictionId ?? 0))
    expect(response.headers.get('content-encoding')).toBeNull()
    const info = mapInfo.parse(JSON.parse(response.headers.get(MAP_HEADER) ?? ''))
    const planes = inflateRawSync(Buffer.from(await response.arrayBuffer()))
    expect(planes.length).toBe(info.labels.length * info.crop[2] * info.crop[3])
    expect((await route.request(routes.map(999_999))).status).toBe(404)
  })

  it('writes masks that agree with the findings', async () => {
    await scoring.writeReport(jobId, { folder: out, masks: true })
    const report = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'))
    expect(report).toMatchObject({ model: 'tiny@1.0.0', provider: 'cpu', threshold: 0.5, state: 'done' })
    expect(report.items).toHaveLength(SLICES)
    for (const item of report.items) {
      expect(item).toMatchObject({ status: 'scored', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
      const mask = decode(readFileSync(join(out, item.mask)))
      expect([mask.depth, mask.channels]).toEqual([8, 1])
      const box = unionOf(mask.data, mask.width)
      const boxes: number[][] = item.findings.map((finding: { box: number[] }) => finding.box)
      expect(box).toEqual(boxes.length === 0 ? null : enclosing(boxes))
    }
  })

  it('goes on with a job only for the same question', async () => {
    expect(scoring.resume(request)).toEqual({ jobId, outcome: 'done' })
    const other = scoring.resume({ ...request, threshold: 0.9 })
    expect(other.outcome).toBe('fresh')
    expect((await jobs.settled(other.jobId)).threshold).toBe(0.9)
    expect(() => scoring.start({ ...request, model: 'unheard-of' })).toThrow(/MODEL_NOT_FOUND/)
  })
})

/** [left, top, right, bottom] of the pixels that are not zero; null where all are. */
function unionOf(pixels: ArrayLike<number>, columns: number): number[] | null {
  const set = Array.from(pixels).flatMap((value, at) =>
    value ? [[at % columns, Math.floor(at / columns), 1, 1]] : [],
  )
  return set.length === 0 ? null : enclosing(set)
}

function enclosing(boxes: readonly (readonly number[])[]): number[] {
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0]
  for (const [x = 0, y = 0, width = 0, height = 0] of boxes) {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x + width)
    bottom = Math.max(bottom, y + height)
  }
  return [left, top, right, bottom]
}
