import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EngineFinding, ImageResult } from '#main/engine/types'
import { encodePng } from '#main/imaging/png'
import { LibraryBench } from '#main/library/testing/bench'
import { classesOf } from '#main/review/classes'
import { findingsOfRun } from '#main/review/findings'
import type { ClassResult } from '#shared/domain/finding'
import { labelCounts } from './label-counts'
import { type ItemResult, PredictionStore } from './prediction-store'
import { reportItems } from './report/report-items'
import { scoringResults } from './results'

type Scored = Extract<ImageResult, { status: 'scored' }>

/** Three pictures of a folder, and results as an engine hands them over, put into the library by the real store. */
let bench: LibraryBench
let images: number[]
beforeEach(async () => {
  bench = new LibraryBench()
  for (const name of ['a', 'b', 'c']) {
    writeFileSync(
      join(bench.inputs, `${name}.png`),
      encodePng(4, 6, new Uint8Array(24).fill(name.charCodeAt(0))),
    )
  }
  await bench.import(bench.inputs)
  images = bench.database.prepare<[], number>('SELECT id FROM images ORDER BY ordinal').pluck().all()
})
afterEach(() => bench.close())

const result = (change: Partial<Scored>): Scored => ({
  index: 0,
  status: 'scored',
  sha256: 'f'.repeat(64),
  findings: [],
  classes: [],
  embedding: null,
  map: null,
  milliseconds: 5,
  ...change,
})

const boxed = (label: string, score: number, x = 1): EngineFinding => ({
  label,
  score,
  meanProbability: score,
  box: [x, 1, 2, 2],
  areaPx: null,
  areaMm2: null,
  mask: null,
})

const classified = (probabilities: Record<string, number>, called: string[]): ClassResult => ({
  output: 'probabilities',
  probabilities: Object.entries(probabilities).map(([label, probability]) => ({ label, probability })),
  groups: [{ group: 'fruit', probability: 0.75 }],
  called,
})

interface Wanted {
  keyLabel?: string
  generalLabel?: string
  places?: boolean
}

/** A job of one run over the pictures, with a result for each. */
function score(
  results: readonly Scored[],
  { keyLabel, generalLabel, places = true }: Wanted = {},
): { job: number; run: number } {
  const { database } = bench
  const insert = (sql: string, ...values: unknown[]) =>
    Number(database.prepare(sql).run(...values).lastInsertRowid)
  const job = insert(
    "INSERT INTO jobs (kind, state, title, request, fingerprint, created_at) VALUES ('score', 'done', '', '{}', '', '')",
  )
  const run = insert(
    `INSERT INTO runs (job_id, model_id, model_version, model_sha256, provider, threshold, task, places, key_label,
       general_label, created_at) VALUES (?, 'm', '1.0.0', '', 'cpu', 0.5, 'classification', ?, ?, ?, '')`,
    job,
    places ? 1 : 0,
    keyLabel ?? null,
    generalLabel ?? null,
  )
  const items = results.map((one, ordinal): ItemResult => {
    const imageId = images[ordinal] ?? 0
    const itemId = insert(
      `INSERT INTO job_items (job_id, ordinal, path, frame, image_id, series_id, run_id)
       SELECT ?, ?, shown_path, 0, images.id, images.series_id, ? FROM images
         JOIN instances ON instances.id = images.instance_id WHERE images.id = ?`,
      job,
      ordinal,
      run,
      imageId,
    )
    return { itemId, imageId, result: one }
  })
  new PredictionStore(database).save({ id: run, keyLabel: keyLabel ?? null }, items, () => {})
  const series = database.prepare<[], number>('SELECT id FROM series').pluck().all()
  bench.library.refreshOutcome(series)
  return { job, run }
}

const study = () => bench.library.studies({ filter: {}, sort: 'newest', offset: 0, limit: 1 }).items[0]
const seriesId = () => bench.database.prepare<[], number>('SELECT id FROM series').pluck().get() ?? 0

describe('a classification', () => {
  const three = [
    result({ classes: [classified({ apple: 0.75, pear: 0.2, soap: 0.05 }, ['apple'])] }),
    result({ classes: [classified({ apple: 0.1, pear: 0.9, soap: 0 }, ['pear'])] }),
    result({ classes: [classified({ apple: 0.4, pear: 0.35, soap: 0.25 }, [])] }),
  ]

  it('has a line for each picture, the surest first and those left open last', () => {
    const { job } = score(three, { places: false })
    const { total, items } = scoringResults(bench.database, job, 0, 10)
    expect(total).toBe(3)
    expect(items.map(({ picture, topLabel, topScore }) => [picture, topLabel, topScore])).toEqual([
      ['b.png', 'pear', 0.9],
      ['a.png', 'apple', 0.75],
      ['c.png', null, null],
    ])
    expect(items[2]?.likeliest).toEqual({ label: 'apple', probability: 0.4 })
    expect(scoringResults(bench.database, job, 1, 1).items.map(({ keyImageId }) => keyImageId)).toEqual([
      images[0],
    ])
  })

  it('puts the label first that the operating point is about, however likely another', () => {
    const { job } = score(three, { places: false, keyLabel: 'apple' })
    expect(scoringResults(bench.database, job, 0, 10).items.map(({ topLabel }) => topLabel)).toEqual([
      'apple',
      'pear',
      null,
    ])
    expect(study()).toMatchObject({ topLabel: 'apple', topScore: 0.75 })
  })

  it('counts the pictures of each label called', () => {
    const { job } = score(three, { places: false })
    expect(labelCounts(bench.database, job)).toEqual([
      { model: 'm@1.0.0', label: 'apple', kind: 'images', count: 1, images: 1, meanScore: 0.75 },
      { model: 'm@1.0.0', label: 'pear', kind: 'images', count: 1, images: 1, meanScore: 0.9 },
    ])
  })

  it('is read back in full and in brief', () => {
    const { job, run } = score(three, { places: false })
    const { predictions } = findingsOfRun(bench.database, seriesId(), run)
    expect(predictions[2]?.classes).toEqual({ called: [], likeliest: 'apple', score: 0.4 })
    expect(classesOf(bench.database, predictions[0]?.predictionId ?? 0)).toEqual(three[0]?.classes)
    const [item] = reportItems(bench.database, job)
    expect(item?.classes?.called).toEqual(['apple'])
    expect(Object.fromEntries(item?.classes?.probabilities ?? [])).toEqual({
      apple: 0.75,
      pear: 0.2,
      soap: 0.05,
    })
  })

  it('makes a study one with findings only if the model does not say where', () => {
    score(three, { places: false })
    expect(bench.library.overview()).toMatchObject({ withFindings: 1 })
    score(three, { places: true })
    expect(bench.library.overview()).toMatchObject({ withFindings: 0, withoutFindings: 1 })
    expect(study()).toMatchObject({ topLabel: 'pear' })
  })
})

describe('a detection', () => {
  it('counts boxes over pictures, and makes no lesions of them', () => {
    const { job, run } = score([
      result({ findings: [boxed('milk', 0.9), boxed('milk', 0.7, 2), boxed('soap', 0.6, 3)] }),
      // one thing with two names: its own and that of any product
      result({ findings: [boxed('milk', 0.8), boxed('soap', 0.7)] }),
      result({}),
    ])
    expect(labelCounts(bench.database, job)).toMatchObject([
      { label: 'milk', kind: 'findings', count: 3, images: 2 },
      { label: 'soap', kind: 'findings', count: 2, images: 2 },
    ])
    expect(scoringResults(bench.database, job, 0, 10).items).toMatchObject([
      { picture: 'a.png', topLabel: 'milk', topScore: 0.9, findingCount: 3, lesionCount: 0 },
      { picture: 'b.png', topLabel: 'milk', topScore: 0.8, findingCount: 1 },
      { picture: 'c.png', topLabel: null, findingCount: 0, likeliest: null },
    ])
    expect(findingsOfRun(bench.database, seriesId(), run).lesions).toEqual([])
  })

  it('says what a thing is before it says that there is a thing', () => {
    const { job } = score(
      [
        result({ findings: [boxed('product', 0.99), boxed('milk', 0.6)] }),
        result({ findings: [boxed('product', 0.97)] }),
      ],
      { generalLabel: 'product' },
    )
    expect(scoringResults(bench.database, job, 0, 10).items).toMatchObject([
      { picture: 'b.png', topLabel: 'product', topScore: 0.97 },
      { picture: 'a.png', topLabel: 'milk', topScore: 0.6, findingCount: 1 },
    ])
    expect(study()).toMatchObject({ topLabel: 'milk', topScore: 0.6 })
  })
})

it('keeps a vector as it came, and an image that the model cannot take as left out', () => {
  const vector = Float32Array.of(0.25, -0.5, 1 / 3)
  const fault = { code: 'MODEL_DOES_NOT_FIT' as const, expected: '', received: '', remedy: '' }
  const { job } = score([result({ embedding: vector }), result({})])
  const items = [...reportItems(bench.database, job)]
  expect(items[0]?.embedding).toEqual(vector)
  expect(items[1]?.embedding).toBeNull()
  const again = bench.database
    .prepare<[], number>('SELECT id FROM job_items ORDER BY id DESC LIMIT 1')
    .pluck()
  const itemId = again.get() ?? 0
  new PredictionStore(bench.database).save(
    { id: 1, keyLabel: null },
    [{ itemId, imageId: images[1] ?? 0, result: { index: 0, status: 'failed', fault } }],
    () => {},
  )
  expect([...reportItems(bench.database, job)][1]).toMatchObject({ status: 'skipped', reason: fault })
})
