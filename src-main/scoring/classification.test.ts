import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '#main/database/open'
import { startEngine } from '#main/engine/host'
import { buildEngine } from '#main/engine/testing/built-engine'
import { type Colour, pixelsOf, writePng } from '#main/engine/testing/pictures'
import type { Engine } from '#main/engine/types'
import { createJobs } from '#main/jobs/service'
import type { Jobs } from '#main/jobs/types'
import { createLibrary } from '#main/library/create-library'
import { createModels } from '#main/models/service'
import { writeEnsemble } from '#main/models/testing/ensemble-folder'
import { explanationRoute } from '#main/review/explanation-route'
import { findingsOfRun } from '#main/review/findings'
import { MAP_HEADER, METHOD_HEADER, routes } from '#shared/contract/routes'
import { scoringRequest } from '#shared/contract/scoring'
import { mapInfo } from '#shared/domain/probability-map'
import { createScoring } from './service'
import { writeColourPackage } from './testing/colour-package'
import type { Scoring } from './types'

describe('classifying photographs in a real engine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lepton-classes-'))
  const photos = join(folder, 'photos')
  const out = join(folder, 'out')
  let database: Database
  let engine: Engine
  let jobs: Jobs
  let scoring: Scoring
  let explanations: ReturnType<typeof explanationRoute>
  let built: Awaited<ReturnType<typeof buildEngine>>
  let jobId = 0

  const request = scoringRequest.parse({ target: { kind: 'paths', paths: [photos] } })

  beforeAll(async () => {
    built = await buildEngine()
    const uniform = (name: string, colour: Colour) =>
      writePng(
        join(photos, `${name}.png`),
        24,
        16,
        pixelsOf(24, 16, () => colour),
      )
    uniform('apple', [255, 0, 0])
    uniform('leaf', [0, 255, 0])
    uniform('mud', [90, 90, 90])
    const fits = {
      domain: 'medical' as const,
      modalities: ['US'],
      photometric: [],
      colour: 'grey' as const,
      bodyParts: [],
    }
    const metrics = [
      { name: 'top-1', value: 0.75, set: 'val' },
      { name: 'top-1-flips', value: 0.5, set: 'val', gainInterval: [-0.5, 0] as [number, number] },
    ]
    const colours = writeColourPackage(join(folder, 'models/colours'), { metrics })
    const greyOnly = writeColourPackage(join(folder, 'models/grey-only'), { id: 'grey-only', fits })
    writeEnsemble(join(folder, 'models/both'), [colours, greyOnly], { fits })
    database = openDatabase(join(folder, 'library.sqlite'))
    engine = startEngine({ entry: built.entry, threads: 1 })
    jobs = createJobs(database)
    const library = createLibrary({ database, engine, jobs, dataFolder: folder, makeSample: async () => {} })
    const folders = [{ path: join(folder, 'models'), bundled: true }]
    const models = createModels({ database, engine, folders, appVersion: '1.0.0', dataFolder: folder })
    const preferredProvider = () => 'auto' as const
    const appVersion = '1.0.0'
    scoring = createScoring({ database, engine, jobs, library, models, preferredProvider, appVersion })
    explanations = explanationRoute({ database, engine, models, library })
    expect(models.faulty()).toEqual([])
    jobId = scoring.start(request).jobId
    await jobs.settled(jobId)
  }, 120_000)

  afterAll(async () => {
    await jobs.close()
    await engine.close()
    database.close()
    built.remove()
    rmSync(folder, { recursive: true })
  })

  it('scores with an ensemble that was asked for', async () => {
    const asked = scoring.start({ ...request, model: 'both' })
    await jobs.settled(asked.jobId)
    expect(jobs.get(asked.jobId)).toMatchObject({ state: 'done', done: 3, failed: 0, model: 'both@1.0.0' })
    const named = scoring.counts(jobId).map((count) => ({ ...count, model: 'both@1.0.0' }))
    expect(scoring.counts(asked.jobId)).toEqual(named)
  })

  it('gives photographs to the classifier that fits them, without a warning', () => {
    expect(jobs.get(jobId)).toMatchObject({ state: 'done', done: 3, failed: 0, model: 'colours@1.0.0' })
    expect(scoring.warnings(jobId)).toEqual([])
    expect(scoring.counts(jobId)).toMatchObject([
      { label: 'green', kind: 'images', count: 1 },
      { label: 'red', kind: 'images', count: 1 },
    ])
  })

  it('reports every probability, what was called, and its group', async () => {
    await scoring.writeReport(jobId, { folder: out, masks: true })
    const report = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'))
    expect(report).toMatchObject({
      task: 'classification',
      precision: 'float32',
      flips: false,
      threshold: 0.5,
    })
    const [apple, leaf, mud] = report.items
    const likely = Math.exp(4) / (Math.exp(4) + 2)
    expect(apple.probabilities.red).toBeCloseTo(likely, 5)
    expect(Object.keys(apple.probabilities)).toEqual(['red', 'green', 'blue'])
    expect([apple.called, leaf.called, mud.called]).toEqual([['red'], ['green'], []])
    expect(leaf.groups.warm).toBeCloseTo(leaf.probabilities.red + leaf.probabilities.green, 5)
    expect(mud.probabilities.red).toBeCloseTo(1 / 3, 5)
    expect(apple.findings).toEqual([])
    expect(apple.mask).toBeUndefined()
    const lines = readFileSync(join(out, 'results.csv'), 'utf8').trim().split('\r\n')
    const column = (line: number, name: string) =>
      lines[line]?.split(',')[lines[0]?.split(',').indexOf(name) ?? -1]
    expect(lines).toHaveLength(4)
    expect([column(1, 'label'), column(1, 'kind'), column(1, 'group')]).toEqual(['red', 'called', 'warm'])
    expect([column(3, 'label'), column(3, 'kind'), Number(column(3, 'score'))]).toEqual([
      '',
      'not called',
      expect.closeTo(1 / 3, 5),
    ])
    expect(readFileSync(join(out, 'counts.csv'), 'utf8')).toContain('colours@1.0.0,red,red,red,,images,1,1,')
  })

  it('explains a class once and keeps the answer', async () => {
    const { items } = scoring.results(jobId, 0, 10)
    const apple = items.find(({ picture }) => picture === 'apple.png')
    const { predictions } = findingsOfRun(database, apple?.seriesId ?? 0, apple?.runId ?? 0)
    const id = predictions.find(({ imageId }) => imageId === apple?.keyImageId)?.predictionId ?? 0
    const ask = async (label: string) => explanations.request(routes.explanation(id, label))
    const response = await ask('red')
    expect(response.headers.get(METHOD_HEADER)).toBe('activation')
    const info = mapInfo.parse(JSON.parse(response.headers.get(MAP_HEADER) ?? ''))
    expect([info.rows, info.columns]).toEqual([24, 16])
    const relevance = inflateRawSync(Buffer.from(await response.arrayBuffer()))
    expect(relevance.length).toBe(info.crop[2] * info.crop[3])
    const kept = database.prepare<[], number>('SELECT count(*) FROM explanations').pluck()
    expect(kept.get()).toBe(1)
    expect(inflateRawSync(Buffer.from(await (await ask('red')).arrayBuffer()))).toEqual(relevance)
    expect((await ask('cheese')).status).toBe(422)
    expect((await explanations.request(routes.explanation(99_999, 'red'))).status).toBe(404)
    expect(kept.get()).toBe(1)
  })

  it('uses a model that a person asks for on what it is not made for, and says so', async () => {
    const asked = { ...request, model: 'grey-only', flips: true }
    const { warned, skipped } = scoring.plan(asked)
    expect(skipped).toEqual([])
    expect(warned).toMatchObject([
      { images: 3, fault: { code: 'MODEL_DOES_NOT_FIT', received: 'a colour image' } },
    ])
    const { jobId: other } = scoring.start(asked)
    expect(await jobs.settled(other)).toMatchObject({ state: 'done', done: 3, skipped: 0 })
    expect(scoring.warnings(other)).toEqual(warned)
    const report = JSON.parse([...scoring.document(other)].join(''))
    expect(report).toMatchObject({ model: 'grey-only@1.0.0', flips: true })
    expect(report.items[0]).toMatchObject({ status: 'scored', warning: { code: 'MODEL_DOES_NOT_FIT' } })
  })

  it('measures what mirror images cost on pictures of the library beside what they gain, and knows it afterwards', async () => {
    expect(scoring.flipCost('colours')).toBeNull()
    const cost = await scoring.measureFlips('colours')
    expect(cost).toMatchObject({ model: 'colours@1.0.0', precision: 'float32', images: 3 })
    expect(cost.plain).toBeGreaterThan(0)
    expect(cost.factor).toBeCloseTo(cost.flipped / cost.plain, 6)
    expect(cost.gains).toEqual([
      { figure: 'top-1', plain: 0.75, flipped: 0.5, gain: -0.25, interval: [-0.5, 0] },
    ])
    expect(scoring.flipCost('colours')).toEqual(cost)
  }, 60_000)

  it('refuses to measure where the library holds nothing that the model is made for', async () => {
    await expect(scoring.measureFlips('grey-only')).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    expect(scoring.flipCost('grey-only')).toBeNull()
  })
})
