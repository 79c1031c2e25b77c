import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { installedModel } from '#shared/contract/models'
import { lessonPlan } from '#shared/contract/teaching'
import { job } from '#shared/domain/job'
import { type BuiltCli, buildCli, runCli } from './testing/built-cli'

const folder = mkdtempSync(join(tmpdir(), 'lepton-cli-teach-'))
const answer = z.object({ job, plan: lessonPlan, model: installedModel })
let cli: BuiltCli

const side = 64
/** A disc or a frame on grey; no two are the same. */
function drawn(kind: 'disc' | 'frame', seed: number): Uint8Array {
  const data = new Uint8Array(3 * side * side).fill(120)
  for (let at = 0; at < side * side; at++) {
    const [x, y] = [Math.abs((at % side) - 30 - seed), Math.abs(Math.floor(at / side) - 32)]
    if (kind === 'disc' ? Math.hypot(x, y) < 20 : Math.max(x, y) < 24 && Math.max(x, y) > 16) {
      data.set(kind === 'disc' ? [220, 40, 30 + seed] : [20, 60 + seed, 210], 3 * at)
    }
  }
  return encode({ width: side, height: side, data, channels: 3, depth: 8 })
}

beforeAll(async () => {
  cli = await buildCli()
  mkdirSync(join(folder, 'pictures'))
  const lines = ['image,sha256,label,shape']
  for (const kind of ['disc', 'frame'] as const) {
    for (let i = 0; i < 4; i++) {
      writeFileSync(join(folder, 'pictures', `${kind}${i}.png`), drawn(kind, i))
      lines.push(`pictures/${kind}${i}.png,,${kind},"{""kind"":""tag""}"`)
    }
  }
  writeFileSync(join(folder, 'labels.csv'), `${lines.join('\n')}\n`)
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
  writeFileSync(join(folder, 'new/one.png'), drawn('frame', 7))
  const scored = await lepton('score', join(folder, 'new'), '--model', 'shapes', '--out', join(folder, 'out'))
  expect(scored.status).toBe(0)
  expect(readFileSync(join(folder, 'out/results.csv'), 'utf8')).toContain('frame')
}, 300_000)
