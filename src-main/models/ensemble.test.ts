import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '#main/database/open'
import { createModels } from './service'
import { engineWith } from './testing/engine-with'
import { writeEnsemble } from './testing/ensemble-folder'
import { writePackageWith } from './testing/package-folder'

describe('an ensemble', () => {
  let folder: string
  let database: Database
  const packages = () => join(folder, 'packages')
  const open = (engine = engineWith({ cpu: 9 }).engine) =>
    createModels({
      database,
      engine,
      folders: [
        { path: packages(), bundled: true },
        { path: join(folder, 'data/models'), bundled: false },
      ],
      dataFolder: join(folder, 'data'),
      appVersion: '1.0.0',
    })
  const member = (id: string) => writePackageWith(join(packages(), id), { manifest: { id } })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lepton-ensemble-'))
    database = openDatabase(':memory:')
  })
  afterEach(() => {
    database.close()
    rmSync(folder, { recursive: true })
  })

  it('runs where all its members passed, and takes as long as they together', async () => {
    writeEnsemble(join(packages(), 'both'), [member('one'), member('two')])
    const models = open(engineWith({ webgpu: 'wrong', cpu: 9 }).engine)
    const manifest = models.find('both')
    expect(await models.providerFor(manifest, 'auto')).toBe('cpu')
    const task = await models.ensemble(manifest, 'cpu')
    expect(task?.members.map(({ model }) => model.manifest.id)).toEqual(['one', 'two'])
    const listed = (await models.list()).find(({ manifest: { id } }) => id === 'both')
    expect(listed).toMatchObject({ fault: null, chosen: 'cpu', manifest: { ensemble: { rule: 'mean' } } })
    const cpu = listed?.trials.find(({ provider }) => provider === 'cpu')
    expect(cpu).toMatchObject({ passed: true, milliseconds: 18 })
  })

  it('cannot be used without a member, and says which', () => {
    const one = member('one')
    writeEnsemble(join(packages(), 'both'), [one, { ...one, id: 'gone' }])
    const [faulty] = open().faulty()
    expect(faulty?.fault).toMatchObject({ code: 'MODEL_INVALID', remedy: 'Install gone@1.0.0 first.' })
  })

  it('is refused where its members do other work', async () => {
    const models = open()
    const one = member('one')
    const two = member('two')
    const away = join(folder, 'both')
    writeEnsemble(away, [one, two], { task: 'detection' })
    await expect(models.add({ kind: 'path', path: away }, false)).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      expected: 'members whose task is detection',
    })
  })

  it('names each member once, and keeps them while it is there', async () => {
    const models = open()
    const [one, two] = [
      member('one'),
      writePackageWith(join(folder, 'data/models/two/1.0.0'), { manifest: { id: 'two' } }),
    ]
    const away = join(folder, 'both')
    writeEnsemble(away, [one, one])
    await expect(models.add({ kind: 'path', path: away }, false)).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      received: 'one@1.0.0 twice',
    })
    writeEnsemble(away, [one, two])
    await models.add({ kind: 'path', path: away }, false)
    await expect(models.remove('two', '1.0.0')).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      received: 'two@1.0.0, a member of both@1.0.0',
    })
    await models.remove('both', '1.0.0')
    await models.remove('two', '1.0.0')
    expect((await models.list()).map(({ manifest }) => manifest.id)).toEqual(['one'])
  })

  it('is installed like any package once its members are there', async () => {
    const models = open()
    const away = join(folder, 'both')
    writeEnsemble(away, [member('one'), member('two')])
    const { model, already } = await models.add({ kind: 'path', path: away }, true)
    expect({ active: model.active, already }).toEqual({ active: true, already: false })
    expect((await models.add({ kind: 'path', path: away }, true)).already).toBe(true)
  })
})
