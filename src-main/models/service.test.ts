import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '#main/database/open'
import { writeTinyModel } from '#main/engine/testing/tiny-model'
import type { Engine } from '#main/engine/types'
import { createModels } from './service'
import { engineWith } from './testing/engine-with'

describe('models', () => {
  let folder: string
  let database: Database
  const open = (engine: Engine) =>
    createModels({
      database,
      engine,
      folders: [{ path: folder, bundled: true }],
      dataFolder: join(folder, 'data'),
      appVersion: '1.0.0',
    })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lepton-models-'))
    database = openDatabase(':memory:')
  })
  afterEach(() => {
    database.close()
    rmSync(folder, { recursive: true })
  })

  it('takes the first provider in order that passes, and tries each only once', async () => {
    writeTinyModel(join(folder, 'tiny'))
    const { engine, trials } = engineWith({ cuda: 'wrong', webgpu: 2, cpu: 9 })
    const models = open(engine)
    expect(await models.providerFor(models.find('tiny'), 'auto')).toBe('webgpu')
    expect(await open(engine).providerFor(models.find('tiny'), 'auto')).toBe('webgpu')
    expect(trials).toEqual(['cuda', 'webgpu', 'cpu'])
    const [model] = await models.list()
    expect(model).toMatchObject({ active: true, chosen: 'webgpu', fault: null })
    expect(model?.trials.find(({ provider }) => provider === 'cuda')?.fault?.code).toBe('SELF_TEST_FAILED')
    expect(model?.trials.find(({ provider }) => provider === 'coreml')?.fault?.received).toBe('absent')
  })

  it('does not take a graphics provider that is slower than the processor, and says so', async () => {
    writeTinyModel(join(folder, 'tiny'))
    const models = open(engineWith({ webgpu: 90, cpu: 9 }).engine)
    expect(await models.providerFor(models.find('tiny'), 'auto')).toBe('cpu')
    const [model] = await models.list()
    const webgpu = model?.trials.find(({ provider }) => provider === 'webgpu')
    expect(webgpu).toMatchObject({ passed: true, fault: { code: 'PROVIDER_REFUSED', received: '90.0 ms' } })
    expect(await models.providerFor(models.find('tiny'), 'webgpu')).toBe('webgpu')
  })

  it('refuses a provider by name with the reason and what there is instead', async () => {
    writeTinyModel(join(folder, 'tiny'))
    const models = open(engineWith({ cuda: 'wrong', cpu: 9 }).engine)
    await expect(models.providerFor(models.find('tiny'), 'cuda')).rejects.toMatchObject({
      code: 'PROVIDER_REFUSED',
      received: expect.stringContaining('off by 1'),
      remedy: 'Available here: cpu.',
    })
  })

  it('never uses a package whose model is not the one it was published with', async () => {
    writeTinyModel(join(folder, 'tiny'))
    appendFileSync(join(folder, 'tiny/model.onnx'), 'x')
    const { engine, trials } = engineWith({ cpu: 9 })
    const models = open(engine)
    await expect(models.providerFor(models.find('tiny'), 'auto')).rejects.toMatchObject({
      code: 'MODEL_HASH_MISMATCH',
    })
    expect(trials).toEqual([])
    expect((await models.list())[0]).toMatchObject({ chosen: null, fault: { code: 'MODEL_HASH_MISMATCH' } })
    const image = { modality: 'MR', photometric: 'MONOCHROME2', samples: 1, bodyPart: null } as const
    expect(models.fitting(image)).toMatchObject({ code: 'NO_MODEL_FITS' })
  })

  it('does not put a package into use whose files are not those it was published with', async () => {
    writeTinyModel(join(folder, 'tiny'))
    const models = open(engineWith({ cpu: 9 }).engine)
    await models.setActive('tiny', '1.0.0', false)
    appendFileSync(join(folder, 'tiny/model.onnx'), 'x')
    await expect(models.setActive('tiny', '1.0.0', true)).rejects.toMatchObject({
      code: 'MODEL_HASH_MISMATCH',
      expected: expect.stringContaining('model.onnx of tiny@1.0.0'),
    })
    expect((await models.list())[0]?.active).toBe(false)
    expect((await models.setActive('tiny', '1.0.0', false)).active).toBe(false)
  })

  it('lists a package with a broken manifest beside the sound ones', async () => {
    writeTinyModel(join(folder, 'tiny'))
    mkdirSync(join(folder, 'broken'))
    writeFileSync(join(folder, 'broken/manifest.json'), '{"format":"lepton-model"}')
    mkdirSync(join(folder, 'torn'))
    writeFileSync(join(folder, 'torn/manifest.json'), '{')
    const models = open(engineWith({ cpu: 1 }).engine)
    expect(models.find('tiny').id).toBe('tiny')
    expect(models.faulty().map(({ fault }) => fault.code)).toEqual(['MODEL_INVALID', 'MODEL_INVALID'])
    expect(models.faulty()[0]?.fault.received).toContain('formatVersion')
    await expect(models.discard(models.faulty()[0]?.folder ?? '')).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      received: expect.stringContaining('came with the app'),
    })
    expect(() => models.find('other')).toThrow(/MODEL_NOT_FOUND.*tiny@1\.0\.0/)
  })

  it('remembers which version a person made active', async () => {
    writeTinyModel(join(folder, 'tiny'))
    const { engine } = engineWith({ cpu: 1 })
    expect((await open(engine).setActive('tiny', '1.0.0', false)).active).toBe(false)
    const models = open(engine)
    expect((await models.list())[0]?.active).toBe(false)
    const image = { modality: 'MR', photometric: 'MONOCHROME2', samples: 1, bodyPart: null } as const
    expect(models.fitting(image)).toMatchObject({ code: 'NO_MODEL_FITS' })
  })
})
