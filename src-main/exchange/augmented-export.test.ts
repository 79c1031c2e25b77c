import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode, encode } from 'fast-png'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startEngine } from '#main/engine/host'
import { buildEngine } from '#main/engine/testing/built-engine'
import { openInstance } from '#main/imaging'
import { Chance } from '#shared/augment/chance'
import { drawWarp } from '#shared/augment/warp'
import { augmentFrame } from '#shared/augment/warp-frame'
import { augmentationRecipe } from '#shared/domain/data-set/augmentation'
import { dataSetQuestion } from '#shared/domain/data-set/question'
import { disc, ExchangeBench } from './dicom/testing/bench'

const [width, height] = [400, 300]
const pictures = 5
const recipe = augmentationRecipe.parse({
  format: 'lepton-augmentation',
  formatVersion: 1,
  copies: 2,
  rotate: 20,
  elastic: 0.03,
  noise: 0.02,
  blur: 2,
})

let built: Awaited<ReturnType<typeof buildEngine>>
let bench: ExchangeBench

beforeAll(async () => {
  built = await buildEngine()
  bench = new ExchangeBench(startEngine({ entry: built.entry }))
  const { library: shelf } = bench
  mkdirSync(join(shelf.inputs, 'shop'))
  for (let i = 0; i < pictures; i++) {
    const data = Uint8Array.from({ length: 3 * width * height }, (_, at) => 128 + 90 * Math.sin(at / 700 + i))
    writeFileSync(
      join(shelf.inputs, 'shop', `${i}.png`),
      encode({ width, height, data, channels: 3, depth: 8 }),
    )
  }
  await bench.open(shelf.inputs)
  const mask = disc(width / 2, height / 2, 80, { slices: 1, rows: height, columns: width })
  bench.imageIds.forEach((_, at) => {
    bench.draw({ kind: 'mask', mask }, { at })
  })
  const { id } = bench.dataSets.create({ name: 'shop', question: dataSetQuestion.parse({}), schemaId: null })
  await bench.dataSets.freeze(id, '')
}, 120_000)
afterAll(async () => {
  await bench.library.engine.close()
  await bench.close()
  built.remove()
})

it('writes variants in the engine, those of their seed, while the main process answers', async () => {
  const { library: shelf, exchange } = bench
  const folder = join(shelf.folder, 'out')
  const started = performance.now()
  const { jobId } = exchange.export({
    target: { kind: 'dataset', name: 'shop', augmentation: recipe },
    formats: ['coco', 'nnunet'],
    pictures: 'copy',
    folder,
  })
  let ended = false
  const job = shelf.jobs.settled(jobId).finally(() => {
    ended = true
  })
  let [answers, longest, last] = [0, 0, performance.now()]
  while (!ended) {
    await shelf.client.studies({ filter: {}, sort: 'newest', offset: 0, limit: 10 })
    await new Promise((next) => setTimeout(next, 5))
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    answers++
  }
  expect(await job).toMatchObject({ state: 'done', failed: 0 })
  // all of it took seconds in the main process: a picture's share is what nobody may have to wait for
  const share = (performance.now() - started) / pictures
  expect(answers).toBeGreaterThan(pictures)
  expect(longest).toBeLessThan(share)

  const names = readdirSync(join(folder, 'coco/images/default'))
  expect(names).toHaveLength(pictures * (1 + recipe.copies))
  const instance = await openInstance(join(shelf.inputs, 'shop/2.png'))
  const frame = await instance.frame(0)
  const key = `${recipe.seed} ${instance.sha256()} 0 1`
  instance.close()
  const warp = drawWarp(recipe, frame, new Chance(`${key} warp`))
  const expected = augmentFrame(frame, warp, recipe, new Chance(`${key} tones`))
  const written = decode(readFileSync(join(folder, 'coco/images/default/2_v2.png')))
  expect([written.width, written.height, written.channels]).toEqual([width, height, 3])
  expect(Buffer.compare(written.data as Uint8Array, expected.data as Uint8Array)).toBe(0)
}, 120_000)
