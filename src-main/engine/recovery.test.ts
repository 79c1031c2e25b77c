import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type EngineOptions, startEngine } from './host'
import { buildEngine } from './testing/built-engine'
import { writeSeries } from './testing/series'
import { writeTinyModel } from './testing/tiny-model'
import type { Engine, FrameSource, ImageResult, ModelSource } from './types'

/** The process is started several times over; on a busy machine that takes its time. */
vi.setConfig({ testTimeout: 90_000 })

const folder = mkdtempSync(join(tmpdir(), 'lepton-recovery-'))
let built: Awaited<ReturnType<typeof buildEngine>>
let model: ModelSource

beforeAll(async () => {
  built = await buildEngine({ decodeWorker: 'testing/hostile-decode-worker.ts' })
  model = writeTinyModel(join(folder, 'tiny'))
})

afterAll(() => {
  built.remove()
  rmSync(folder, { recursive: true })
})

async function withEngine<T>(options: EngineOptions, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = startEngine({ entry: built.entry, threads: 2, ...options })
  try {
    return await work(engine)
  } finally {
    await engine.close()
  }
}

async function score(engine: Engine, stack: FrameSource[]): Promise<ImageResult[]> {
  const results: ImageResult[] = []
  const wanted = [...stack.keys()]
  await engine.score({ model, provider: 'cpu', threshold: 0.5, flips: false, stack, wanted }, (r) =>
    results.push(r),
  )
  return results.sort((a, b) => a.index - b.index)
}

function statuses(results: readonly ImageResult[]): string[] {
  return results.map((result) => (result.status === 'failed' ? result.fault.code : result.status))
}

describe('a file that ends the process', () => {
  it('is given up after a second try alone, and everything else is scored', async () => {
    const stack = writeSeries(join(folder, 'one-bad'), 24, (slice) =>
      slice === 9 ? 'crash.dcm' : `${slice}.dcm`,
    )
    await withEngine({}, async (engine) => {
      const results = await score(engine, stack)
      const expected = stack.map((_, index) => (index === 9 ? 'ENGINE_CRASHED' : 'scored'))
      expect(statuses(results)).toEqual(expected)
      expect(engine.status().restarts).toBeGreaterThanOrEqual(2)
    })
  })

  it('does not take other requests with it', async () => {
    const stack = writeSeries(join(folder, 'display'), 3, (slice) =>
      slice === 1 ? 'crash.dcm' : `${slice}.dcm`,
    )
    await withEngine({}, async (engine) => {
      const frames = await Promise.allSettled(stack.map((source) => engine.frame(source)))
      expect(frames.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(frames[1]).toMatchObject({ reason: { code: 'ENGINE_CRASHED' } })
    })
  })

  it('is one line in a list of headers', async () => {
    const stack = writeSeries(join(folder, 'headers'), 50, (slice) =>
      slice === 33 ? 'crash.dcm' : `${slice}.dcm`,
    )
    await withEngine({}, async (engine) => {
      const failed: string[] = []
      let read = 0
      for await (const result of engine.headers(stack.map(({ path }) => path))) {
        if ('fault' in result) failed.push(`${result.path.split(/[\\/]/).at(-1)} ${result.fault.code}`)
        else read++
      }
      expect(failed).toEqual(['crash.dcm ENGINE_CRASHED'])
      expect(read).toBe(49)
    })
  })
})

describe('a file that hangs', () => {
  it('is ended after its time, tried again alone, and given up', async () => {
    const stack = writeSeries(join(folder, 'stuck'), 10, (slice) =>
      slice === 4 ? 'hang.dcm' : `${slice}.dcm`,
    )
    await withEngine({ itemTimeoutMs: 3000 }, async (engine) => {
      const results = await score(engine, stack)
      const expected = stack.map((_, index) => (index === 4 ? 'ENGINE_TIMEOUT' : 'scored'))
      expect(statuses(results)).toEqual(expected)
    })
  })
})

it('starts afresh above its memory limit and loses nothing', async () => {
  const stack = writeSeries(join(folder, 'long'), 80)
  await withEngine({ memoryLimitBytes: 1 }, async (engine) => {
    const results = await score(engine, stack)
    expect(statuses(results)).toEqual(stack.map(() => 'scored'))
    await vi.waitFor(() => expect(engine.status().restarts).toBeGreaterThanOrEqual(1), { timeout: 30_000 })
    expect(statuses(await score(engine, stack))).toEqual(stack.map(() => 'scored'))
  })
})

it('refuses work that ends the process before anything can be told', async () => {
  const engine = startEngine({ entry: join(folder, 'no-such-engine.js') })
  await expect(engine.providers()).rejects.toMatchObject({ code: 'ENGINE_CRASHED' })
  await engine.close()
})
