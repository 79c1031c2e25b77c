import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { drawnShape, writeLabelledShapes } from '#main/teaching/testing/labelled-shapes'
import { installedModel } from '#shared/contract/models'
import { lessonPlan } from '#shared/contract/teaching'
import { job } from '#shared/domain/job'
import { type BuiltCli, buildCli, runCli } from './testing/built-cli'

const folder = mkdtempSync(join(tmpdir(), 'lepton-cli-teach-'))
const answer = z.object({ job, plan: lessonPlan, model: installedModel })
let cli: BuiltCli

beforeAll(async () => {
  cli = await buildCli()
  writeLabelledShapes(folder, 4)
}, 300_000)

afterAll(() => {
  cli.remove()
  rmSync(folder, { recursive: true })
})

const lepton = (...args: string[]) => runCli(cli, [...args, '--data', join(folder, 'data')])
const teach = (...args: string[]) => lepton('models', 'teach', 'shapes', ...args)

it('teaches from pictures that a table labels, and the model scores others', async () => {
  expect((await lepton('import', join(folder, 'pictures'))).status).toBe(0)
  expect((await lepton('datasets', 'create', 'shapes')).status).toBe(0)
  expect(await teach('--name', 'Shapes')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('lepton datasets freeze shapes'),
  })
  expect((await lepton('datasets', 'freeze', 'shapes')).status).toBe(0)
  expect(await teach('--name', 'Shapes')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('no labels of whole pictures; 8 pictures without one'),
  })
  expect(await lepton('import-annotations', join(folder, 'labels.csv'))).toMatchObject({ status: 0 })
  expect((await lepton('datasets', 'freeze', 'shapes')).status).toBe(0)
  expect(await teach('--name', ' ')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('[INPUT_INVALID]'),
  })

  const first = await teach('--name', 'Shapes')
  expect(first).toMatchObject({ status: 0 })
  expect(first.stdout).toContain('Installed shapes@1.0.0.')
  expect(first.stdout).toContain('Taught 2 labels with 8 pictures.')
  expect(first.stdout).toContain('lepton models activate shapes@1.0.0')

  const second = await teach('--name', 'Shapes', '--activate', '--json')
  expect(second.status).toBe(0)
  const { model, plan } = answer.parse(JSON.parse(second.stdout))
  expect(model).toMatchObject({ active: true, manifest: { id: 'shapes', version: '1.1.0' } })
  expect(plan).toMatchObject({ pictures: 8, withoutVector: 0 })
  expect(model.manifest.metrics.map(({ value }) => value)).toEqual([1, 1])

  mkdirSync(join(folder, 'new'))
  writeFileSync(join(folder, 'new/one.png'), drawnShape('frame', 7))
  const scored = await lepton('score', join(folder, 'new'), '--model', 'shapes', '--out', join(folder, 'out'))
  expect(scored.status).toBe(0)
  expect(readFileSync(join(folder, 'out/results.csv'), 'utf8')).toContain('frame')
}, 300_000)
