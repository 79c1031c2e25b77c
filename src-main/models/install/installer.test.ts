import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '#main/database/open'
import { startEngine } from '#main/engine/host'
import { buildEngine } from '#main/engine/testing/built-engine'
import { writeTinyModel } from '#main/engine/testing/tiny-model'
import type { Engine } from '#main/engine/types'
import { type ZipMember, zipOf } from '#main/library/testing/zip'
import { createModels } from '../service'
import { membersOf, writePackageWith } from '../testing/package-folder'

describe('installing packages', () => {
  let built: Awaited<ReturnType<typeof buildEngine>>
  let engine: Engine
  let folder: string
  let database: Database
  beforeAll(async () => {
    built = await buildEngine()
    engine = startEngine({ entry: built.entry, threads: 1 })
  }, 120_000)
  afterAll(async () => {
    await engine.close()
    built.remove()
  })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lepton-install-'))
    database = openDatabase(':memory:')
  })
  afterEach(() => {
    database.close()
    rmSync(folder, { recursive: true })
  })

  const data = () => join(folder, 'data')
  const open = () =>
    createModels({
      database,
      engine,
      folders: [
        { path: join(folder, 'bundled'), bundled: true },
        { path: join(data(), 'models'), bundled: false },
      ],
      dataFolder: data(),
      appVersion: '1.0.0',
    })
  const stranger = (change?: Parameters<typeof writePackageWith>[1]) => {
    const path = join(folder, 'stranger')
    rmSync(path, { recursive: true, force: true })
    return { path, manifest: writePackageWith(path, change) }
  }
  const archive = (members: readonly ZipMember[]) => {
    const path = join(folder, 'package.zip')
    writeFileSync(path, zipOf(members))
    return { kind: 'path' as const, path }
  }
  const installed = () => (existsSync(join(data(), 'models')) ? readdirSync(join(data(), 'models')) : [])

  it('takes a folder in, tried and whole, and does not put it into use by itself', async () => {
    const { path } = stranger()
    const models = open()
    const { model, already } = await models.add({ kind: 'path', path }, false)
    expect(already).toBe(false)
    expect(model).toMatchObject({ active: false, bundled: false, fault: null, precision: 'float32' })
    expect(model.folder).toBe(join(data(), 'models/tiny/1.0.0'))
    expect(membersOf(model.folder)).toEqual(membersOf(path))
    expect(readdirSync(join(data(), 'models/.staging'))).toEqual([])
    expect((await open().list()).map(({ manifest }) => manifest.id)).toEqual(['tiny'])
    expect((await models.setActive('tiny', '1.0.0', true)).active).toBe(true)
  })

  it('takes the same package in a ZIP as the one that is there, and another of its name not at all', async () => {
    const { path } = stranger()
    const models = open()
    await models.add(archive(membersOf(path, 'tiny-1.0.0/')), true)
    expect(await models.add(archive(membersOf(path)), false)).toMatchObject({
      already: true,
      model: { active: true },
    })
    const other = stranger({ manifest: { licence: 'another' } })
    await expect(models.add({ kind: 'path', path: other.path }, false)).rejects.toMatchObject({
      code: 'MODEL_EXISTS',
      received: 'tiny@1.0.0',
    })
  })

  it('takes an upload, once', async () => {
    const { path } = stranger()
    const batch = join(data(), 'uploads/batch-1')
    mkdirSync(batch, { recursive: true })
    cpSync(path, join(batch, 'tiny'), { recursive: true })
    const source = { kind: 'upload', batch: 'batch-1' } as const
    expect((await open().add(source, false)).already).toBe(false)
    await expect(open().add(source, false)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(existsSync(batch)).toBe(false)
  })

  it('refuses a package that does not answer as its golden output says', async () => {
    const path = join(folder, 'wrong')
    writeTinyModel(path, { goldenOffset: 0.5 })
    await expect(open().add({ kind: 'path', path }, false)).rejects.toMatchObject({
      code: 'SELF_TEST_FAILED',
    })
    expect(installed()).toEqual(['.staging'])
  })

  it('refuses a network that the runtime cannot open, with what it said', async () => {
    const { path } = stranger({ files: { 'model.onnx': torn(join(stranger().path, 'model.onnx')) } })
    await expect(open().add({ kind: 'path', path }, false)).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      received: expect.stringContaining('model.onnx: '),
    })
    expect(installed()).toEqual(['.staging'])
  })

  it.each<[string, (members: ZipMember[]) => ZipMember[], string]>([
    [
      'that climbs out',
      (all) => [...all, { name: '../../out.txt', bytes: Buffer.from('x') }],
      'ARCHIVE_UNSAFE',
    ],
    [
      'with a link',
      (all) => [
        ...all,
        {
          name: 'golden/link.bin',
          bytes: Buffer.from('/etc/passwd'),
          claimed: { attributes: 0xa1ff0000 },
        },
      ],
      'ARCHIVE_UNSAFE',
    ],
    [
      'that says it is small and is not',
      (all) => [
        ...all,
        { name: 'bomb.bin', bytes: Buffer.alloc(1 << 20), claimed: { uncompressedSize: 16 } },
      ],
      'ARCHIVE_INVALID',
    ],
    [
      'that unpacks to far more than it is',
      (all) => [...all, { name: 'bomb.bin', bytes: Buffer.alloc(20 * 2 ** 20) }],
      'ARCHIVE_UNSAFE',
    ],
    [
      'of very many files',
      (all) => [
        ...all,
        ...Array.from({ length: 600 }, (_, at) => ({ name: `f${at}`, bytes: Buffer.from('') })),
      ],
      'ARCHIVE_UNSAFE',
    ],
    ['with a password', (all) => all.map((one) => ({ ...one, claimed: { flags: 1 } })), 'ARCHIVE_ENCRYPTED'],
    ['without a manifest', (all) => all.filter(({ name }) => name !== 'manifest.json'), 'MODEL_INVALID'],
    ['that is none', () => [], 'MODEL_INVALID'],
  ])('refuses a ZIP %s and leaves nothing behind', async (_, change, code) => {
    const source = archive(change(membersOf(stranger().path)))
    await expect(open().add(source, false)).rejects.toMatchObject({ code })
    expect(installed()).toEqual(['.staging'])
    expect(readdirSync(join(data(), 'models/.staging'))).toEqual([])
    expect(existsSync(join(folder, 'out.txt'))).toBe(false)
  })

  it('tells a network alone from a package, and names the way to make one of it', async () => {
    const path = join(stranger().path, 'model.onnx')
    await expect(open().add({ kind: 'path', path }, false)).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      received: 'model.onnx',
      remedy: expect.stringContaining('wizard'),
    })
  })

  it('removes what was installed, keeps what it called things, and leaves what came with the app', async () => {
    writePackageWith(join(folder, 'bundled/tiny'))
    const models = open()
    await models.add({ kind: 'path', path: stranger({ manifest: { version: '2.0.0' } }).path }, true)
    await expect(models.remove('tiny', '1.0.0')).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    await models.remove('tiny', '2.0.0')
    expect(installed()).toEqual(['.staging'])
    expect((await models.list()).map((model) => [model.manifest.version, model.active])).toEqual([
      ['1.0.0', true],
    ])
    expect(models.knownLabels()).toEqual([
      expect.objectContaining({ model: { id: 'tiny', version: '1.0.0' }, installed: true }),
      expect.objectContaining({ model: { id: 'tiny', version: '2.0.0' }, installed: false }),
    ])
    await expect(models.get('tiny', '2.0.0')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' })
  })

  it('times each precision on this computer', async () => {
    const { path } = stranger()
    const models = open()
    await models.add({ kind: 'path', path }, false)
    const { trials, chosen } = await models.bench('tiny', '1.0.0')
    expect(trials.map(({ precision }) => precision)).toEqual(trials.map(() => 'float32'))
    expect(trials.find(({ provider }) => provider === 'cpu')).toMatchObject({ passed: true, fault: null })
    expect(trials.find(({ provider }) => provider === 'cpu')?.milliseconds).toBeGreaterThan(0)
    expect(trials.find(({ provider }) => provider === 'directml')?.fault?.received).toBe(process.platform)
    expect(chosen).toBe('cpu')
  }, 60_000)
})

/** The same structure with weights of a shape that does not go with their numbers. */
function torn(file: string): Buffer {
  const bytes = readFileSync(file)
  const at = bytes.indexOf('weights', bytes.indexOf('graph'))
  const shape = bytes.lastIndexOf(Buffer.from([0x08, 1, 0x08, 3]), at)
  bytes[shape + 3] = 5
  return bytes
}
