import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Database, openDatabase } from '#main/database/open'
import { startEngine } from '#main/engine/host'
import { buildEngine } from '#main/engine/testing/built-engine'
import type { Engine, NamedTensor } from '#main/engine/types'
import type { DraftManifest } from '#shared/contract/model-wizard'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { createModels } from '../service'
import type { Models } from '../types'
import { createPackageMaker, type PackageMaker } from './maker'

const folder = mkdtempSync(join(tmpdir(), 'lepton-maker-'))
const labels = ['apple', 'pear', 'plum']
let built: Awaited<ReturnType<typeof buildEngine>>
let database: Database
let engine: Engine
let models: Models
let maker: PackageMaker

beforeAll(async () => {
  built = await buildEngine()
  database = openDatabase(join(folder, 'library.sqlite'))
  engine = startEngine({ entry: built.entry, threads: 1 })
  const bundled = { path: join(import.meta.dirname, '../../../models'), bundled: true }
  const own = { path: join(folder, 'models'), bundled: false }
  models = createModels({
    database,
    engine,
    folders: [bundled, own],
    dataFolder: folder,
    appVersion: '1.0.0',
  })
  models.refresh()
  maker = createPackageMaker({ engine, models, dataFolder: folder })
}, 120_000)

afterAll(async () => {
  await engine.close()
  database.close()
  built.remove()
  rmSync(folder, { recursive: true })
})

const describeFrom =
  (base: ModelManifest) =>
  (output: string): DraftManifest => ({
    ...base,
    id: 'fruit',
    task: 'classification',
    outputs: [{ decode: 'softmax', name: output, labels, activation: 'softmax' }],
    labels: labels.map((id, i) => ({ id, index: i + 1, name: { en: id, zh: id }, colour: '#ff8800' })),
    operatingPoint: { threshold: 0.5, chosen: 'for the test' },
  })

const numbers = (answers: readonly NamedTensor[], name: string) => {
  const tensor = answers.find((one) => one.name === name)
  if (!tensor) throw new Error(`no ${name}`)
  return new Float32Array(tensor.bytes.slice().buffer)
}

it('answers with the products of the vector and the columns of the weights', async () => {
  const base = models.find('visual-embedding')
  const weights = Float32Array.from({ length: 128 * 3 }, (_, i) => Math.sin(1.7 * i) * 10)
  const model = await maker.withHead({
    base,
    head: { weights, dimensions: 128, labels: 3 },
    describe: describeFrom(base),
    card: '# Fruit',
    activate: false,
  })
  expect(model).toMatchObject({ active: false, fault: null, bundled: false, manifest: { id: 'fruit' } })
  const source = await models.source(base)
  const same = join(folder, 'same-picture')
  cpSync(source.folder, same, { recursive: true })
  cpSync(join(model.folder, 'golden/image.bin'), join(same, 'golden/image.bin'))
  const vector = numbers(await engine.answers({ ...source, folder: same }, 'cpu'), 'embedding')
  const logits = numbers(await engine.answers(await models.source(model.manifest), 'cpu'), 'classes')
  expect(vector).toHaveLength(128)
  for (const label of labels.keys()) {
    const product = vector.reduce((sum, value, at) => sum + value * (weights[3 * at + label] ?? 0), 0)
    expect(logits[label]).toBeCloseTo(product, 3)
  }
  expect(await models.providerFor(model.manifest, 'wasm')).toBe('wasm')
}, 60_000)

it('refuses a base that gives no vector of that length', async () => {
  const base = models.find('visual-embedding')
  const wanted = { describe: describeFrom(base), card: '', activate: false }
  const head = { weights: new Float32Array(64 * 3), dimensions: 64, labels: 3 }
  await expect(maker.withHead({ base, head, ...wanted })).rejects.toMatchObject({
    code: 'MODEL_DOES_NOT_FIT',
  })
  await expect(
    maker.withHead({ base: models.find('grocery-recognition'), head, ...wanted }),
  ).rejects.toMatchObject({ code: 'MODEL_DOES_NOT_FIT' })
})
