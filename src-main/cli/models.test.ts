import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { zipOf } from '#main/library/testing/zip'
import { membersOf, writePackageWith } from '#main/models/testing/package-folder'
import { installedModel } from '#shared/contract/models'
import { type BuiltCli, buildCli, runCli } from './testing/built-cli'

const folder = mkdtempSync(join(tmpdir(), 'lepton-cli-models-'))
const one = z.object({ model: installedModel.nullable() })
let cli: BuiltCli

beforeAll(async () => {
  cli = await buildCli()
  for (const version of ['1.0.0', '2.0.0']) {
    const stranger = join(folder, version)
    writePackageWith(stranger, { manifest: { version } })
    writeFileSync(join(folder, `${version}.zip`), zipOf(membersOf(stranger)))
  }
}, 300_000)

afterAll(() => {
  cli.remove()
  rmSync(folder, { recursive: true })
})

const models = (...args: string[]) => runCli(cli, ['models', ...args, '--data', join(folder, 'data')])
const answer = async (...args: string[]) => {
  const { status, stdout } = await models(...args, '--json')
  return { status, document: one.parse(JSON.parse(stdout)) }
}

it('installs, uses, goes back and removes, and says what it did', async () => {
  const added = await models('add', join(folder, '1.0.0.zip'))
  expect(added).toMatchObject({ status: 0, stdout: expect.stringContaining('Installed tiny@1.0.0.') })
  expect(added.stdout).toContain('lepton models activate tiny@1.0.0')
  expect((await models('activate', 'tiny')).status).toBe(0)
  const second = await answer('add', join(folder, '2.0.0.zip'), '--activate')
  expect(second).toMatchObject({
    status: 0,
    document: { model: { active: true, rollback: { version: '1.0.0' } } },
  })
  const back = await answer('rollback', 'tiny')
  expect(back.document.model).toMatchObject({ manifest: { version: '1.0.0' }, active: true })

  const unsure = await models('remove', 'tiny')
  expect(unsure).toMatchObject({ status: 1, stderr: expect.stringContaining('tiny@1.0.0 / tiny@2.0.0') })
  expect(await models('remove', 'tiny@2.0.0')).toMatchObject({ status: 0, stdout: 'Removed tiny@2.0.0.\n' })
  const again = await models('rollback', 'tiny')
  expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining('[INPUT_INVALID]') })
}, 300_000)

it('removes a package that cannot be read, by its folder', async () => {
  const broken = join(folder, 'data/models/broken/1.0.0')
  mkdirSync(broken, { recursive: true })
  writeFileSync(join(broken, 'manifest.json'), '{')
  expect((await models('list')).stdout).toContain(broken)
  expect(await models('remove', broken)).toMatchObject({ status: 0, stdout: `Removed ${broken}.\n` })
  expect(existsSync(join(folder, 'data/models/broken'))).toBe(false)
  expect((await models('list')).stdout).not.toContain(broken)
  expect(await models('remove', broken)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('[MODEL_NOT_FOUND]'),
  })
}, 60_000)

it('shows a package and times it', async () => {
  const { status, stdout } = await models('bench', 'tiny', '--json')
  expect(status).toBe(0)
  const { models: timed } = z.object({ models: z.array(installedModel) }).parse(JSON.parse(stdout))
  expect(timed[0]?.trials.find(({ provider }) => provider === 'cpu')?.milliseconds).toBeGreaterThan(0)
  const shown = await models('show', 'tiny')
  expect(shown.stdout).toMatch(/tiny@1\.0\.0 .*active, sound, runs on cpu in float32, \d+\.\d ms/)
  expect(shown.stdout).toContain('Task: segmentation')
  expect(await models('show', 'nothing')).toMatchObject({ status: 1, stdout: '' })
}, 300_000)

it('lists one line for each, and knows what it is asked', async () => {
  const listed = await models('list')
  expect(listed.stdout.split('\n').filter((line) => line.includes('tiny@'))).toHaveLength(1)
  expect(listed.stdout).not.toContain('refused')
  const meant = await models('verfy')
  expect(meant).toMatchObject({ status: 1, stdout: '' })
  expect(meant.stderr).toContain('received: verfy')
}, 300_000)

it('refuses what is no package with a reason', async () => {
  writeFileSync(join(folder, 'wrong.zip'), zipOf([{ name: 'readme.txt', bytes: Buffer.from('x') }]))
  const { status, stderr } = await models('add', join(folder, 'wrong.zip'))
  expect(status).toBe(1)
  expect(stderr).toContain('[MODEL_INVALID]')
  expect(stderr).toContain('received: readme.txt')
}, 300_000)
