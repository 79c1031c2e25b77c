import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodePng } from '#main/imaging/png'
import { LibraryBench } from '#main/library/testing/bench'
import { createModels } from '#main/models/service'
import { createSimilarity, type Similarity } from './service'
import { VectorStore } from './vector-store'

/** Four pictures of a folder, and a model for similarity whose vectors are put into the library. */
let bench: LibraryBench
let images: number[]
let similarity: Similarity
beforeEach(async () => {
  bench = new LibraryBench()
  for (const [at, name] of ['a', 'b', 'c', 'd'].entries()) {
    writeFileSync(join(bench.inputs, `${name}.png`), encodePng(4, 6, new Uint8Array(24).fill(40 * at)))
  }
  await bench.import(bench.inputs)
  images = bench.database.prepare<[], number>('SELECT id FROM images ORDER BY ordinal').pluck().all()
  const { database, engine, library } = bench
  const folders = [{ path: join(import.meta.dirname, '../../models'), bundled: true }]
  const models = createModels({ database, engine, folders, dataFolder: bench.data, appVersion: '1.0.0' })
  models.faulty()
  similarity = createSimilarity({ database, engine, models, library, preferredProvider: () => 'cpu' })
})
afterEach(() => bench.close())

const insert = (sql: string, ...values: unknown[]) =>
  Number(bench.database.prepare(sql).run(...values).lastInsertRowid)

function runOf(model: string, task: string): number {
  const job = insert(
    "INSERT INTO jobs (kind, state, title, request, fingerprint, created_at) VALUES ('score', 'done', '', '{}', '', '')",
  )
  const [id, version] = model.split('@')
  return insert(
    `INSERT INTO runs (job_id, model_id, model_version, model_sha256, provider, threshold, task, created_at)
     VALUES (?, ?, ?, '', 'cpu', 0.5, ?, '')`,
    job,
    id,
    version,
    task,
  )
}

const predict = (run: number, imageId: number | undefined) =>
  insert(
    "INSERT INTO predictions (run_id, image_id, sha256, milliseconds, created_at) VALUES (?, ?, '', 1.0, '')",
    run,
    imageId,
  )

function embedded(model: string, vectors: readonly (readonly number[])[]): void {
  const run = runOf(model, 'embedding')
  for (const [at, vector] of vectors.entries()) {
    const bytes = Buffer.from(Float32Array.from(vector).buffer)
    insert(
      'INSERT INTO embeddings (prediction_id, dimensions, vector) VALUES (?, ?, ?)',
      predict(run, images[at]),
      vector.length,
      bytes,
    )
  }
}

/** The name of the model for similarity that comes with the app. */
const bundled = () =>
  bench.database
    .prepare<[], string>("SELECT id || '@' || version FROM models WHERE id = 'visual-embedding'")
    .pluck()
    .get() ?? ''

describe('the nearest pictures', () => {
  it('come by cosine whatever the lengths of the vectors, without the picture itself', async () => {
    embedded(bundled(), [
      [1, 0],
      [0.6, 0.8],
      [50, 5],
    ])
    const found = await similarity.ofImage(images[0] ?? 0, 10)
    expect(found.pictures.map(({ name }) => name)).toEqual(['c.png', 'b.png'])
    expect(found.pictures[0]?.similarity).toBeCloseTo(10 / Math.hypot(10, 1), 5)
    expect(found.pictures[1]?.similarity).toBeCloseTo(0.6, 5)
    expect(found).toMatchObject({ compared: 2, without: 1, modality: 'PHOTO', sameFrom: 0.8 })
    expect((await similarity.ofImage(images[0] ?? 0, 1)).pictures).toHaveLength(1)
  })

  it('go by the newest vector of a picture, and by those of one model only', async () => {
    const model = bundled()
    embedded('other@1.0.0', [
      [1, 0],
      [1, 0],
      [1, 0],
      [1, 0],
    ])
    embedded(model, [
      [1, 0],
      [1, 0],
    ])
    embedded(model, [
      [1, 0],
      [0, 1],
    ])
    const found = await similarity.ofImage(images[0] ?? 0, 10)
    expect(found.model).toBe(model)
    expect(found.pictures.map(({ similarity: value }) => value)).toEqual([0])
  })

  it('say what they show: a tag of a reader before the call of a model', async () => {
    embedded(bundled(), [
      [1, 0],
      [1, 0.1],
      [1, 0.2],
      [1, 0.3],
    ])
    const run = runOf('grocery@1.0.0', 'classification')
    for (const imageId of [images[1], images[2]]) {
      insert(
        "INSERT INTO classifications (prediction_id, label, likeliest, score, called, outputs) VALUES (?, 'pear', 'pear', 0.9, '[]', '[]')",
        predict(run, imageId),
      )
    }
    insert(
      `INSERT INTO annotations (id, study_id, image_id, object_id, reader, label, kind, state, revision, body,
         created_at, updated_at) SELECT 'x', id, ?, 'x', 'me', 'apple', 'tag', 'drawn', 1, '{}', '', '' FROM studies`,
      images[2],
    )
    const { pictures } = await similarity.ofImage(images[0] ?? 0, 10)
    expect(pictures.map(({ label }) => label)).toEqual([
      { id: 'pear', by: 'model' },
      { id: 'apple', by: 'reader' },
      null,
    ])
  })
})

it.each([1, 2, 3, 4, 5])('reads vectors in stretches of %i without losing any', async (stretch) => {
  const vectors = [1, 2, 3, 4].map((value) => [value, 1])
  embedded(bundled(), vectors)
  const all = await new VectorStore(bench.database, stretch).similarities(bundled(), Float32Array.of(1, 0))
  expect([...all.keys()]).toEqual(images)
  expect([...all.values()][3]).toBeCloseTo(4 / Math.hypot(4, 1), 5)
})

it('refuses what is not there and what is no picture, saying which', async () => {
  await expect(similarity.ofFile(join(bench.inputs, 'none.png'), 5)).rejects.toMatchObject({
    code: 'FILE_NOT_FOUND',
  })
  await expect(similarity.ofImage(9999, 5)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

it('leaves what else was found in the library as it is', async () => {
  const study = () => bench.library.studies({ filter: {}, sort: 'newest', offset: 0, limit: 1 }).items[0]
  const series = bench.database.prepare<[], number>('SELECT id FROM series').pluck().all()
  const run = runOf('detector@1.0.0', 'detection')
  insert(
    "INSERT INTO findings (prediction_id, image_id, label, score, mean_probability) VALUES (?, ?, 'milk', 0.9, 0.9)",
    predict(run, images[0]),
    images[0],
  )
  embedded(bundled(), [[1, 0]])
  bench.library.refreshOutcome(series)
  expect(study()).toMatchObject({ scored: true, topLabel: 'milk' })
})
