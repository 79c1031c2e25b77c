import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '#main/database/open'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { createModels } from './service'
import { engineWith } from './testing/engine-with'
import { writePackageWith } from './testing/package-folder'

const slice = { modality: 'MR', photometric: 'MONOCHROME2', samples: 1, bodyPart: null } as const

describe('what is in use', () => {
  let folder: string
  let database: Database
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lepton-in-use-'))
    database = openDatabase(':memory:')
  })
  afterEach(() => {
    database.close()
    rmSync(folder, { recursive: true })
  })

  const write = (place: 'bundled' | 'models', manifest: Partial<ModelManifest>) => {
    const { id = 'tiny', version = '1.0.0' } = manifest
    writePackageWith(join(folder, place, id, version), { manifest: { ...manifest, id, version } })
  }
  const open = () =>
    createModels({
      database,
      engine: engineWith({ cpu: 1 }).engine,
      folders: [
        { path: join(folder, 'bundled'), bundled: true },
        { path: join(folder, 'models'), bundled: false },
      ],
      dataFolder: folder,
      appVersion: '1.0.0',
    })
  const taken = (models = open()) => {
    const match = models.fitting(slice)
    return 'code' in match ? match.code : `${match.id}@${match.version}`
  }

  it('goes back step by step, and not further than the first', async () => {
    for (const version of ['1.0.0', '2.0.0', '3.0.0']) write('models', { version })
    const models = open()
    expect(taken(models)).toBe('NO_MODEL_FITS')
    for (const version of ['1.0.0', '3.0.0', '2.0.0', '2.0.0']) await models.setActive('tiny', version, true)
    expect((await models.get('tiny', '2.0.0')).rollback).toEqual({ version: '3.0.0' })
    expect((await models.rollback('tiny')).active?.manifest.version).toBe('3.0.0')
    expect(taken(open())).toBe('tiny@3.0.0')
    expect((await models.rollback('tiny')).active?.manifest.version).toBe('1.0.0')
    await expect(models.rollback('tiny')).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    await expect(models.rollback('other')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' })
  })

  it('comes back after it was switched off', async () => {
    write('bundled', {})
    const models = open()
    await models.setActive('tiny', '1.0.0', false)
    expect(taken(models)).toBe('NO_MODEL_FITS')
    expect((await models.rollback('tiny')).active?.active).toBe(true)
    expect(taken(models)).toBe('tiny@1.0.0')
  })

  it('follows the app to a new version, but not against a person’s wish', async () => {
    write('bundled', { version: '1.0.0' })
    expect(taken()).toBe('tiny@1.0.0')
    write('bundled', { version: '1.10.0' })
    expect(taken()).toBe('tiny@1.10.0')
    await open().setActive('tiny', '1.10.0', false)
    write('bundled', { version: '2.0.0' })
    expect(taken()).toBe('NO_MODEL_FITS')
  })

  it('within a task is first what a person activated last, then what came with the app', async () => {
    write('bundled', { id: 'first' })
    write('bundled', { id: 'second' })
    write('models', { id: 'mine' })
    const models = open()
    await models.setActive('mine', '1.0.0', true)
    expect(taken(models)).toBe('mine@1.0.0')
    write('bundled', { id: 'third' })
    expect(taken(open())).toBe('mine@1.0.0')
    await models.setActive('first', '1.0.0', true)
    expect(taken(models)).toBe('first@1.0.0')
    expect(open().choices()).toEqual([
      {
        domain: 'medical',
        modality: 'MR',
        task: 'segmentation',
        models: ['first@1.0.0', 'mine@1.0.0', 'third@1.0.0', 'second@1.0.0'],
      },
    ])
  })

  it('is never an embedding or a model that asks for clicks', async () => {
    const outputs: ModelManifest['outputs'] = [
      { decode: 'embedding', name: 'logits', dimensions: 4, normalise: true },
    ]
    write('bundled', { task: 'embedding', outputs })
    const models = open()
    expect(taken(models)).toBe('NO_MODEL_FITS')
    expect(models.choices()).toEqual([])
    expect((await models.list())[0]).toMatchObject({ active: true, scores: false })
  })

  it('uses the precision a person prefers, and none that is not there', async () => {
    const { weights } = writePackageWith(join(folder, 'bundled/tiny'))
    const half = weights.map((one) => ({ ...one, precision: 'float16' as const }))
    writePackageWith(join(folder, 'bundled/tiny'), { manifest: { weights: [...weights, ...half] } })
    const models = open()
    const manifest = models.find('tiny')
    expect(models.precisionOf(manifest)).toBe('float32')
    await models.setPrecision('tiny', '1.0.0', 'float16')
    expect(open().precisionOf(manifest)).toBe('float16')
    expect((await models.source(manifest)).precision).toBe('float16')
    expect((await models.source(manifest, 'float32')).precision).toBe('float32')
    await expect(models.setPrecision('tiny', '1.0.0', 'int8')).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      expected: expect.stringContaining('float32, float16'),
    })
    await models.setPrecision('tiny', '1.0.0', null)
    expect(models.precisionOf(manifest)).toBe('float32')
  })
})
