import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { sharedData } from '#main/testing/shared-data'
import { startEngine } from './host'
import { buildEngine } from './testing/built-engine'
import { fuzz } from './testing/fuzz/fuzz'
import { writeSeeds } from './testing/fuzz/seeds'
import { writeSeries } from './testing/series'
import type { Engine } from './types'

/** Longer by hand: LEPTON_FUZZ_SECONDS=3600 LEPTON_FUZZ_SEED=7 npx vitest run src-main/engine/fuzz.test.ts */
const SECONDS = Number(process.env.LEPTON_FUZZ_SECONDS ?? 20)
const SEED = Number(process.env.LEPTON_FUZZ_SEED ?? 20261122)
const LARGEST = 2 ** 21
const GIGABYTE = 1024 ** 3

vi.setConfig({ testTimeout: (SECONDS + 90) * 1000, hookTimeout: 90_000 })

const folder = mkdtempSync(join(tmpdir(), 'lepton-fuzz-'))
let built: Awaited<ReturnType<typeof buildEngine>>
let engine: Engine

beforeAll(async () => {
  built = await buildEngine()
  engine = startEngine({ entry: built.entry, threads: 1, itemTimeoutMs: 10_000 })
})
afterAll(async () => {
  await engine.close()
  built.remove()
  rmSync(folder, { recursive: true })
})

/** Files of the corpus that are not too large to be damaged often; a small series where the corpus is absent. */
function wholeFiles(): string[] {
  const corpus = sharedData('dicom-corpus')
  if (corpus === null) return writeSeries(join(folder, 'whole'), 4).map(({ path }) => path)
  return readdirSync(corpus, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path).size <= LARGEST)
    .sort()
}

/** Damages files at random for a while and holds the answers against the bounds. */
async function within(files: string[], seconds: number): Promise<void> {
  const report = await fuzz({
    engine,
    files,
    folder,
    seed: SEED,
    rounds: Number.POSITIVE_INFINITY,
    time: seconds * 1000,
  })
  const answers = [...report.answers].sort(([, a], [, b]) => b - a).map(([code, times]) => `${code} ${times}`)
  const memory = (report.mostMemoryBytes / 2 ** 20).toFixed(0)
  process.stdout.write(`Fuzzing: ${report.rounds} files, at most ${memory} MB; ${answers.join(', ')}\n`)
  expect(report.findings).toEqual([])
  expect(report.rounds).toBeGreaterThan(20)
  expect(report.mostMemoryBytes).toBeLessThan(GIGABYTE)
  expect(engine.status().restarts).toBe(0)
}

it('answers damaged DICOM with a picture or a coded reason, within bounds', () =>
  within(wholeFiles(), SECONDS / 2))

it('answers damaged pictures and volumes with a picture or a coded reason, within bounds', async () =>
  within(await writeSeeds(folder), SECONDS / 2))
