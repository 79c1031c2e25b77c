import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type FaultCode, faultOf } from '#shared/domain/fault'
import { startEngine } from './host'
import { bombs } from './testing/bombs'
import { buildEngine } from './testing/built-engine'
import type { Engine } from './types'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 90_000 })

const GIGABYTE = 2 ** 30
const MOST_SECONDS = 10
/** Answers that no file may bring about. */
const FORBIDDEN: readonly FaultCode[] = ['INTERNAL', 'ENGINE_CRASHED', 'ENGINE_TIMEOUT']
/** Linux counts clock ticks of a hundredth of a second. */
const TICKS = 100

const folder = mkdtempSync(join(tmpdir(), 'lepton-bombs-'))
let built: Awaited<ReturnType<typeof buildEngine>>
let engine: Engine

beforeAll(async () => {
  built = await buildEngine()
  // seconds of the processor are counted below; those of the clock depend on what else a machine does
  engine = startEngine({ entry: built.entry, threads: 1, itemTimeoutMs: 60_000 })
})
afterAll(async () => {
  await engine.close()
  built.remove()
  rmSync(folder, { recursive: true })
})

/** What Linux knows of the engine process: most memory since it was last asked, seconds of the processor. */
function usage(): { mostBytes: number; seconds: number } | null {
  if (process.platform !== 'linux') return null
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${id}/cmdline`, 'latin1').includes(built.entry)) continue
      const most = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'latin1'))
      const times = readFileSync(`/proc/${id}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ')
      // the most from here on
      writeFileSync(`/proc/${id}/clear_refs`, '5')
      return {
        mostBytes: Number(most?.[1]) * 1024,
        seconds: (Number(times[11]) + Number(times[12])) / TICKS,
      }
    } catch {
      // a process that has ended meanwhile
    }
  }
  return null
}

async function answersFor(path: string): Promise<string[]> {
  const answers: string[] = []
  const answer = (of: Promise<unknown>) =>
    of.then(
      () => 'answered',
      (error: unknown) => faultOf(error).code,
    )
  for await (const result of engine.headers([path])) {
    answers.push('fault' in result ? result.fault.code : 'header')
  }
  answers.push(await answer(engine.frame({ path, frame: 0 })))
  answers.push(await answer(engine.thumbnail({ path, frame: 0 }, 64)))
  const inspection = await engine.inspect(path)
  answers.push('code' in inspection ? inspection.code : inspection.status)
  return answers
}

it('answers bombs of every format with a coded reason, within 10 s and 1 GB', async () => {
  const report: string[] = []
  const tooLong: string[] = []
  const tooLarge: string[] = []
  const wrong: string[] = []
  for (const { name, bytes } of bombs()) {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    const before = usage()
    const answers = await answersFor(path)
    const after = usage()
    const seconds = (after?.seconds ?? 0) - (before?.seconds ?? 0)
    const memory = Math.round((after?.mostBytes ?? 0) / 2 ** 20)
    report.push(`${name}: ${answers.join(', ')}; ${seconds.toFixed(1)} s, at most ${memory} MB`)
    if (seconds > MOST_SECONDS) tooLong.push(name)
    if ((after?.mostBytes ?? 0) > GIGABYTE) tooLarge.push(report.at(-1) ?? '')
    if (answers.some((one) => FORBIDDEN.some((code) => code === one))) wrong.push(report.at(-1) ?? '')
    rmSync(path)
  }
  process.stdout.write(`${report.join('\n')}\n`)
  expect(wrong).toEqual([])
  expect(tooLong).toEqual([])
  expect(engine.status().restarts).toBe(0)
  expect(tooLarge).toEqual([])
  expect(engine.status().memoryBytes).toBeLessThan(GIGABYTE)
})
