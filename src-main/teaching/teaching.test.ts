import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startEngine } from '#main/engine/host'
import { buildEngine } from '#main/engine/testing/built-engine'
import type { ImageResult } from '#main/engine/types'
import { ExchangeBench } from '#main/exchange/dicom/testing/bench'
import { createPackageMaker } from '#main/models/making/maker'
import { createModels } from '#main/models/service'
import type { Models } from '#main/models/types'
import { createImageVectors } from '#main/similarity/near/image-vectors'
import { dataSetQuestion } from '#shared/domain/data-set/question'
import { createTeaching } from './service'
import type { Teaching } from './types'

const side = 96
const kinds = ['stripes', 'dots', 'plain'] as const
const each = 5

/** A package of a kind: its pattern and colour, on a background that differs from picture to picture. */
function picture(kind: (typeof kinds)[number], seed: number): Uint8Array {
  const data = new Uint8Array(3 * side * side)
  for (let at = 0; at < side * side; at++) {
    const [x, y] = [at % side, Math.floor(at / side)]
    const inside = Math.abs(x - 48 - seed) < 30 && Math.abs(y - 48 + seed) < 34
    const pattern = {
      stripes: (x + seed) % 12 < 6 ? [220, 30, 40] : [250, 240, 230],
      dots: Math.hypot((x % 16) - 8, (y % 16) - 8) < 5 ? [20, 60, 200] : [230, 220, 60],
      plain: [30, 150 + seed, 60],
    }[kind]
    for (let c = 0; c < 3; c++)
      data[3 * at + c] = inside ? (pattern[c] ?? 0) : 90 + 20 * ((seed * (c + 3)) % 5)
  }
  return encode({ width: side, height: side, data, channels: 3, depth: 8 })
}

let built: Awaited<ReturnType<typeof buildEngine>>
let bench: ExchangeBench
let models: Models
let teaching: Teaching
let setId = 0

beforeAll(async () => {
  built = await buildEngine()
  bench = new ExchangeBench(startEngine({ entry: built.entry, threads: 1 }))
  const { database, engine, jobs, library, data, inputs } = bench.library
  for (const kind of kinds) {
    mkdirSync(join(inputs, kind))
    for (let i = 0; i < each; i++) writeFileSync(join(inputs, kind, `${kind}${i}.png`), picture(kind, i))
  }
  await bench.library.import(inputs)
  const bundled = { path: join(import.meta.dirname, '../../models'), bundled: true }
  const own = { path: join(data, 'models'), bundled: false }
  models = createModels({ database, engine, folders: [bundled, own], dataFolder: data, appVersion: '1.0.0' })
  const vectors = createImageVectors({ database, engine, models, library, preferredProvider: () => 'cpu' })
  const maker = createPackageMaker({ engine, models, dataFolder: data })
  teaching = createTeaching({ database, jobs, dataSets: bench.dataSets, models, vectors, maker })
  setId = bench.dataSets.create({ name: 'packs', question: dataSetQuestion.parse({}), schemaId: null }).id
}, 120_000)

afterAll(async () => {
  await bench.library.engine.close()
  await bench.close()
  built.remove()
})

interface Row {
  id: number
  seriesId: number
  studyId: number
  path: string
}
const rows = () =>
  bench.library.database
    .prepare<[], Row>(
      `SELECT images.id, series.id AS seriesId, series.study_id AS studyId, instances.shown_path AS path FROM images
       JOIN series ON series.id = images.series_id JOIN instances ON instances.id = images.instance_id
       ORDER BY images.id`,
    )
    .all()

/** Says of pictures what they show: the name that their files begin with. */
function label(wanted: readonly Row[]): void {
  for (const { id, seriesId, studyId, path } of wanted) {
    bench.studyId = studyId
    bench.draw(
      { kind: 'tag' },
      {
        studyId,
        seriesId,
        imageId: id,
        objectId: randomUUID(),
        label: /(stripes|dots|plain)\d/.exec(path)?.[1] ?? '',
      },
    )
  }
}

const modelOf = (name: { id: string; version: string }) => models.get(name.id, name.version)

it('says what is missing before anything is labelled, and refuses to start', async () => {
  const { number } = await bench.dataSets.freeze(setId, '')
  const plan = await teaching.plan(setId, number)
  expect(plan).toMatchObject({
    labels: [],
    pictures: 0,
    leftOut: [{ reason: 'no-label', pictures: 15 }],
    fault: { code: 'INPUT_INVALID', received: 'no labels of whole pictures; 15 pictures without one' },
  })
  await expect(
    teaching.start({ dataSetId: setId, version: number, name: 'Packs', activate: false }),
  ).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  await expect(teaching.plan(setId, 99)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

it('makes a model of labelled pictures that is installed, judged and not in use', async () => {
  label(rows().slice(1))
  const { number } = await bench.dataSets.freeze(setId, '')
  const plan = await teaching.plan(setId, number)
  expect(plan).toMatchObject({
    pictures: 14,
    withoutVector: 14,
    fault: null,
    judgedBy: 'picture',
    groups: 14,
  })
  expect(plan.bases[0]?.model).toBe('visual-embedding@1.0.0')
  const { jobId, model } = await teaching.start({
    dataSetId: setId,
    version: number,
    name: 'Packs of the shop',
    activate: false,
  })
  expect(model).toEqual({ id: 'packs-of-the-shop', version: '1.0.0' })
  expect(await bench.library.jobs.settled(jobId)).toMatchObject({
    state: 'done',
    fault: null,
    done: 14,
    failed: 0,
  })
  const made = await modelOf(model)
  expect(made).toMatchObject({ active: false, fault: null, bundled: false })
  const { manifest, card } = made
  expect(manifest).toMatchObject({
    task: 'classification',
    fits: { domain: 'retail', modalities: ['PHOTO'] },
    taught: { dataSet: `packs-v${number}`, base: 'visual-embedding@1.0.0', judgedBy: 'picture' },
  })
  expect(manifest.metrics.map(({ name, value, n }) => [name, value, n])).toEqual([
    ['top-1', 1, 14],
    ['mean-class-accuracy', 1, 14],
  ])
  expect(card).toContain('without a label of the whole picture')
  expect(manifest.limits.en.join()).toContain('pictures of one shelf, visit or patient on both sides flatter')
}, 60_000)

it('scores pictures it never saw by their names, as its head says', async () => {
  const found: ImageResult[] = []
  const manifest = models.find('packs-of-the-shop')
  const stack = kinds.map((kind) => {
    const path = join(bench.library.folder, `new-${kind}.png`)
    writeFileSync(path, picture(kind, 9))
    return { path, frame: 0 }
  })
  const model = await models.source(manifest)
  const task = { model, provider: 'cpu', threshold: 0, flips: false, stack, wanted: [0, 1, 2] } as const
  await bench.library.engine.score({ ...task, wanted: [0, 1, 2] }, (result) => found.push(result))
  const called = found
    .sort((a, b) => a.index - b.index)
    .map((result) => (result.status === 'scored' ? result.classes[0]?.called : result.fault))
  expect(called).toEqual(kinds.map((kind) => [kind]))
}, 60_000)

it('keeps vectors, names further versions, and lists pictures that cannot be read as failures', async () => {
  const { database, jobs, inputs } = bench.library
  const before = bench.library.count('embeddings')
  const again = { dataSetId: setId, version: 2, name: 'Packs of the shop', activate: true }
  const second = await teaching.start(again)
  expect(second.model.version).toBe('1.1.0')
  await jobs.settled(second.jobId)
  expect(bench.library.count('embeddings')).toBe(before)
  expect((await modelOf(second.model)).active).toBe(true)

  rmSync(join(inputs, 'dots/dots1.png'))
  database.exec('DELETE FROM embeddings')
  const third = await teaching.start({ ...again, activate: false })
  expect(await jobs.settled(third.jobId)).toMatchObject({ state: 'done', done: 13, failed: 1 })
  const failed = database
    .prepare<[number], string>("SELECT path FROM job_items WHERE job_id = ? AND state = 'failed'")
    .pluck()
    .all(third.jobId)
  expect(failed).toEqual([expect.stringContaining('dots1.png')])
  expect((await modelOf(third.model)).manifest.metrics[0]?.n).toBe(13)
}, 120_000)

it('does not take the id of a model that came from elsewhere, and goes on after a pause', async () => {
  const { database, jobs } = bench.library
  database.exec('DELETE FROM embeddings')
  const request = { dataSetId: setId, version: 2, name: 'Visual embedding', activate: false }
  const { jobId, model } = await teaching.start(request)
  expect(model).toEqual({ id: 'visual-embedding-2', version: '1.0.0' })
  while (bench.library.count('embeddings') < 2) await new Promise((next) => setTimeout(next, 5))
  jobs.pause(jobId)
  expect(await jobs.settled(jobId)).toMatchObject({ state: 'paused' })
  const before = bench.library.count('embeddings')
  expect(before).toBeLessThan(13)
  const other = await teaching.start(request)
  expect(other.model.version).toBe('1.1.0')
  await jobs.settled(other.jobId)
  jobs.resume(jobId)
  expect(await jobs.settled(jobId)).toMatchObject({ state: 'done' })
  expect((await modelOf(model)).fault).toBe(null)
}, 120_000)
