import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startEngine } from '#main/engine/host'
import { buildEngine } from '#main/engine/testing/built-engine'
import { ExchangeBench } from '#main/exchange/dicom/testing/bench'
import { dataSetQuestion } from '#shared/domain/data-set/question'
import { splitRecipe } from '#shared/domain/data-set/split'

const side = 96
const many = 12

/** A shelf of coloured packages; `moved` shifts the camera, which the hash does not forgive. */
function shelf(seed: number, moved = 0): Uint8Array {
  const data = new Uint8Array(3 * side * side)
  for (let at = 0; at < side * side; at++) {
    const [x, y] = [(at % side) + moved, Math.floor(at / side) + moved]
    const box = Math.floor(x / (9 + (seed % 7))) + 5 * Math.floor(y / (11 + (seed % 5)))
    for (let channel = 0; channel < 3; channel++) {
      data[3 * at + channel] = 128 + 110 * Math.sin(box * (1.3 + seed) + 2.1 * channel + seed)
    }
  }
  return encode({ width: side, height: side, data, channels: 3, depth: 8 })
}

let built: Awaited<ReturnType<typeof buildEngine>>
let bench: ExchangeBench
let id = 0

beforeAll(async () => {
  built = await buildEngine()
  bench = new ExchangeBench(startEngine({ entry: built.entry, threads: 1 }), { bundled: true })
  for (const [store, moved] of [
    ['north', 0],
    ['south', 1],
  ] as const) {
    const folder = join(bench.library.inputs, store)
    mkdirSync(folder)
    for (let i = 0; i < many; i++) writeFileSync(join(folder, `${store}${i}.png`), shelf(i, moved))
    await bench.library.import(folder)
  }
  ;({ id } = bench.dataSets.create({
    name: 'shelves',
    question: dataSetQuestion.parse({}),
    schemaId: null,
  }))
}, 120_000)
afterAll(async () => {
  await bench.library.engine.close()
  await bench.close()
  built.remove()
})

const vectors = () => bench.library.count('embeddings')

it('makes the vectors that are missing as a job that goes on where it was stopped', async () => {
  const { jobs } = bench.library
  const { jobId } = bench.dataSets.check(id)
  while (vectors() < 4) await new Promise((next) => setTimeout(next, 5))
  jobs.pause(jobId)
  expect(await jobs.settled(jobId)).toMatchObject({ state: 'paused' })
  const before = vectors()
  expect(before).toBeLessThan(2 * many)
  jobs.resume(jobId)
  expect(await jobs.settled(jobId)).toMatchObject({ state: 'done', failed: 0 })
  expect(vectors()).toBe(2 * many)
  expect(bench.library.count('runs')).toBe(1)
  expect(bench.dataSets.findings(id, { offset: 0, limit: 1 }).compared).toEqual({
    pictures: 2 * many,
    vectors: { model: 'visual-embedding@1.0.0', grey: 0.99, colour: 0.93 },
    byHashAlone: 0,
  })
}, 120_000)

it('finds by vectors what the hash misses, and says which sign found what', async () => {
  const { items } = bench.dataSets.findings(id, { kind: 'near-duplicate', offset: 0, limit: 100 })
  const byVector = items.filter(({ value, cosine }) => value === null && cosine !== null)
  expect(byVector.length).toBeGreaterThan(0)
  for (const { cosine } of byVector) expect(cosine).toBeGreaterThanOrEqual(0.93)
})

it('tells of pairs in two parts of a split', async () => {
  const { number } = await bench.dataSets.freeze(id, '')
  const recipe = splitRecipe.parse({
    parts: [
      { name: 'train', share: 1 },
      { name: 'test', share: 1 },
    ],
    keepDuplicates: false,
  })
  const { leaks } = await bench.dataSets.split(id, number, recipe)
  expect(leaks.compared).toMatchObject({ byHashAlone: 0, vectors: { colour: 0.93 } })
  expect(leaks.examples.some(({ likeness, cosine }) => likeness === null && cosine !== null)).toBe(true)
})
