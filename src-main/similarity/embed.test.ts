import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startEngine } from '#main/engine/host'
import { buildEngine } from '#main/engine/testing/built-engine'
import { pixelsOf, writePng } from '#main/engine/testing/pictures'
import type { Engine } from '#main/engine/types'
import { LibraryBench } from '#main/library/testing/bench'
import { createModels } from '#main/models/service'
import { createSimilarity, type Similarity } from './service'

let built: Awaited<ReturnType<typeof buildEngine>>
let engine: Engine
let bench: LibraryBench
let similarity: Similarity

beforeAll(async () => {
  built = await buildEngine()
  engine = startEngine({ entry: built.entry, threads: 1 })
  bench = new LibraryBench()
  const { database, library, data } = bench
  const folders = [{ path: join(import.meta.dirname, '../../models'), bundled: true }]
  const models = createModels({ database, engine, folders, dataFolder: data, appVersion: '1.0.0' })
  similarity = createSimilarity({ database, engine, models, library, preferredProvider: () => 'cpu' })
}, 120_000)

afterAll(async () => {
  await engine.close()
  await bench.close()
  built.remove()
})

const striped = (name: string, width: number) => {
  const file = join(bench.inputs, name)
  writePng(
    file,
    64,
    64,
    pixelsOf(64, 64, (x) => (Math.floor(x / width) % 2 === 0 ? [200, 40, 40] : [40, 40, 200])),
  )
  return file
}

it('runs the model on a picture that has no vector yet, of the library or not', async () => {
  const file = striped('stripes.png', 8)
  await bench.import(bench.inputs)
  const imageId = bench.database.prepare<[], number>('SELECT id FROM images').pluck().get() ?? 0
  const none = { compared: 0, pictures: [] }
  expect(await similarity.ofImage(imageId, 5)).toMatchObject({ ...none, without: 0, modality: 'PHOTO' })
  expect(await similarity.ofFile(file, 5)).toMatchObject({ ...none, without: 1, modality: null })
}, 120_000)

it('tells why a file cannot be compared', async () => {
  await expect(similarity.ofFile(import.meta.filename, 5)).rejects.toMatchObject({ code: 'FORMAT_UNKNOWN' })
}, 60_000)
