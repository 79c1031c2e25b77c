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
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '#main/database/open'
import { writeTinyModel } from '#main/engine/testing/tiny-model'
import { makeSample } from '#main/samples'
import { sharedData } from '#main/testing/shared-data'
import { seeded } from '#shared/geometry/testing'
import { type BuiltCli, buildCli, runCli, startCli } from './testing/built-cli'

const folder = mkdtempSync(join(tmpdir(), 'lepton-resume-'))
const inputs = join(folder, 'scans')
let cli: BuiltCli

/** Kills while images are being scored; another comes while the files are still being listed. */
const DEATHS = 3

beforeAll(async () => {
  cli = await buildCli()
  await makeSample('thigh', join(inputs, 'phantom'))
  const real = sharedData('sts-dicom')
  for (const patient of real ? ['STS_002', 'STS_003'] : []) {
    if (real && existsSync(join(real, patient)))
      cpSync(join(real, patient), join(inputs, patient), { recursive: true })
  }
  const volume = sharedData('sts-mr/STS_001_t1.nii.gz')
  if (volume) cpSync(volume, join(inputs, 'volume.nii.gz'))
  writeFileSync(join(inputs, 'broken.dcm'), Buffer.alloc(3000, 7))
}, 120_000)

afterAll(() => {
  cli.remove()
  rmSync(folder, { recursive: true })
})

/** A fresh library that knows the tiny model. */
function library(name: string): { data: string; out: string; args: string[] } {
  const [data, out] = [join(folder, `${name}-data`), join(folder, `${name}-out`)]
  mkdirSync(data, { recursive: true })
  writeTinyModel(join(data, 'models/tiny'))
  return { data, out, args: ['score', inputs, '--model', 'tiny', '--out', out, '--masks', '--data', data] }
}

/** Every file of a report by its name, without the times in results.json. */
function contents(out: string): Map<string, string> {
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const bytes = readFileSync(path)
      const text =
        entry.name === 'results.json'
          ? bytes.toString().replace(/"(started|finished)_at": ".*?"/g, '')
          : bytes.toString('base64')
      return [path.slice(out.length), text]
    }),
  )
}

/** Items of the library's jobs by state; nothing while there is no library that can be read. */
function states(data: string): Record<string, number> {
  const file = join(data, 'library.sqlite')
  if (!existsSync(file)) return {}
  try {
    const database = openDatabase(file)
    const rows = database
      .prepare<[], { state: string; n: number }>('SELECT state, count(*) AS n FROM job_items GROUP BY state')
      .all()
    database.close()
    return Object.fromEntries(rows.map(({ state, n }) => [state, n]))
  } catch {
    return {}
  }
}

describe('lepton score --resume', () => {
  it('gives the same results after SIGKILL at any moment as without', { timeout: 300_000 }, async () => {
    const whole = library('whole')
    const undisturbed = await runCli(cli, whole.args)
    expect(undisturbed, undisturbed.stderr).toMatchObject({ status: 2 })
    const all = states(whole.data).done ?? 0
    expect(all).toBeGreaterThan(30)

    const killed = library('killed')
    const random = seeded(Date.now() % 1000)
    await runCli(cli, killed.args, 200 + random() * 800)
    let deaths = 0
    for (let least = 1; deaths < DEATHS && least < all; least += Math.ceil(random() * (all / DEATHS))) {
      const run = startCli(cli, [...killed.args, '--resume'])
      while (!run.ended && (states(killed.data).done ?? 0) < least) {
        await new Promise((next) => setTimeout(next, 5))
      }
      run.kill()
      if ((await run.finished).status === null) deaths += 1
    }
    expect(deaths).toBeGreaterThan(1)
    const last = await runCli(cli, [...killed.args, '--resume'])
    expect(last.status).toBe(2)
    expect(contents(killed.out)).toEqual(contents(whole.out))

    const again = await runCli(cli, [...killed.args, '--resume'])
    expect(again.stderr).toContain('is complete')
    expect(contents(killed.out)).toEqual(contents(whole.out))
    const database = openDatabase(join(killed.data, 'library.sqlite'))
    const count = (sql: string) => database.prepare<[], number>(sql).pluck().get()
    expect(count('SELECT count(*) FROM jobs')).toBe(1)
    expect(count('SELECT count(*) FROM predictions')).toBe(all)
    database.close()
  })

  it('pauses at Ctrl-C, says how to go on, and takes in what was added and lost meanwhile', {
    timeout: 120_000,
  }, async () => {
    const paused = library('paused')
    const run = startCli(cli, paused.args)
    while (!run.ended && (states(paused.data).done ?? 0) < 1) await new Promise((next) => setTimeout(next, 5))
    run.interrupt()
    const interrupted = await run.finished
    expect(interrupted, interrupted.stderr).toMatchObject({ status: 130 })
    expect(interrupted.stderr).toContain('--resume')
    expect(existsSync(join(paused.out, 'results.json'))).toBe(false)

    const names = readdirSync(join(inputs, 'phantom')).sort()
    const [first = '', second = ''] = names
    const lost = join(inputs, 'phantom', first)
    const kept = readFileSync(lost)
    rmSync(lost)
    cpSync(join(inputs, 'broken.dcm'), join(inputs, 'phantom', 'added.dcm'))
    const resumed = await runCli(cli, [...paused.args, '--resume'])
    writeFileSync(lost, kept)
    rmSync(join(inputs, 'phantom', 'added.dcm'))
    expect(resumed.status).toBe(2)
    const { items } = JSON.parse(readFileSync(join(paused.out, 'results.json'), 'utf8'))
    const statusOf = (name: string) =>
      items.find((item: { path: string }) => item.path === join(inputs, 'phantom', name))
    expect(statusOf(first)).toMatchObject({ status: 'failed', reason: { code: 'FILE_NOT_FOUND' } })
    expect(statusOf('added.dcm')).toMatchObject({ status: 'failed' })
    expect(statusOf(second)).toMatchObject({ status: 'scored' })
  })
})
