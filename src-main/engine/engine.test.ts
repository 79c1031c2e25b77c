import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { maskOf, upsampleMap } from '#shared/geometry/probability'
import { decodeRle } from '#shared/geometry/rle'
import { startEngine } from './host'
import { buildEngine } from './testing/built-engine'
import { columns, rows, writeSeries } from './testing/series'
import { writeTinyModel } from './testing/tiny-model'
import type { Engine, FrameSource, ImageResult, ModelSource, ScoreTask } from './types'

const folder = mkdtempSync(join(tmpdir(), 'lepton-engine-'))
let built: Awaited<ReturnType<typeof buildEngine>>
let engine: Engine
let model: ModelSource
let stack: FrameSource[]

beforeAll(async () => {
  built = await buildEngine()
  engine = startEngine({ entry: built.entry, threads: 2 })
  model = writeTinyModel(join(folder, 'tiny'))
  stack = writeSeries(join(folder, 'series'), 21)
})

afterAll(async () => {
  await engine.close()
  built.remove()
  rmSync(folder, { recursive: true })
})

async function score(change: Partial<ScoreTask> = {}): Promise<ImageResult[]> {
  const results: ImageResult[] = []
  const all = change.stack ?? stack
  const task: ScoreTask = {
    model,
    provider: 'cpu',
    threshold: 0.5,
    flips: false,
    stack: all,
    wanted: [...all.keys()],
    ...change,
  }
  await engine.score(task, (result) => results.push(result))
  return results.sort((a, b) => a.index - b.index)
}

function scored(result: ImageResult | undefined) {
  if (result?.status !== 'scored') throw new Error(JSON.stringify(result))
  return result
}

describe('scoring', () => {
  it('finds the bright square of each slice, as the model was built to', async () => {
    const results = await score()
    expect(results.map(({ index }) => index)).toEqual([...stack.keys()])
    for (const [index, source] of stack.entries()) {
      const result = scored(results[index])
      expect(result.sha256).toBe(createHash('sha256').update(readFileSync(source.path)).digest('hex'))
      expect(result.findings).toHaveLength(1)
      expect(result.findings[0]).toMatchObject({
        label: 'bright',
        box: [5 + (index % 8), 10, 10, 10],
        areaPx: 100,
        areaMm2: 100,
      })
      expect(result.findings[0]?.score).toBeGreaterThan(0.99)
    }
  })

  it('keeps a map that gives the same mask to whoever draws it', async () => {
    const { map, findings } = scored((await score({ wanted: [3] }))[0])
    if (!map || !findings[0]?.mask) throw new Error('nothing was found')
    const field = upsampleMap(map.info, inflateRawSync(map.bytes), 0)
    expect([map.info.rows, map.info.columns]).toEqual([rows, columns])
    expect(maskOf(field, 0.5)).toEqual(decodeRle(findings[0].mask))
  })

  it('gives a part of a series the same numbers as the whole', async () => {
    const whole = await score()
    const part = await score({ wanted: [20, 7, 0] })
    const timeless = (result: ImageResult | undefined) => ({ ...scored(result), milliseconds: 0 })
    expect(part.map(timeless)).toEqual([0, 7, 20].map((index) => timeless(whole[index])))
  })

  it('lists what cannot be read and goes on', async () => {
    const broken = join(folder, 'broken.dcm')
    writeFileSync(broken, readFileSync(stack[5]?.path ?? '').subarray(0, 700))
    const changed = stack.map((source, at) =>
      at === 5
        ? { path: broken, frame: 0 }
        : at === 9
          ? { path: join(folder, 'gone.dcm'), frame: 0 }
          : source,
    )
    const results = await score({ stack: changed })
    expect(results.filter(({ status }) => status === 'failed').map(({ index }) => index)).toEqual([5, 9])
    expect(results[9]).toMatchObject({ fault: { code: 'FILE_NOT_FOUND' } })
  })

  it('runs two tasks at a time', async () => {
    const [first, second] = await Promise.all([score(), score({ wanted: [1, 2] })])
    expect([first.length, second.length]).toEqual([21, 2])
  })

  it('stops when it is cancelled', async () => {
    const stop = new AbortController()
    let count = 0
    const task = {
      model,
      provider: 'cpu' as const,
      threshold: 0.5,
      flips: false,
      stack,
      wanted: [...stack.keys()],
    }
    const whole = engine.score(
      task,
      () => {
        count++
        stop.abort()
      },
      stop.signal,
    )
    await expect(whole).rejects.toMatchObject({ code: 'CANCELLED' })
    const seen = count
    expect((await score()).length).toBe(21)
    expect(count).toBe(seen)
  })

  it('is refused as a whole where the model cannot be opened', async () => {
    const bad = writeTinyModel(join(folder, 'bad'))
    writeFileSync(join(bad.folder, 'model.onnx'), 'not a model')
    await expect(score({ model: bad })).rejects.toMatchObject({ code: 'PROVIDER_REFUSED' })
  })
})

describe('display', () => {
  it('reads headers, frames and thumbnails', async () => {
    const paths = [...stack.map(({ path }) => path), join(folder, 'tiny/manifest.json')]
    const failed: string[] = []
    let read = 0
    for await (const result of engine.headers(paths)) {
      if ('fault' in result) failed.push(result.path)
      else read += result.header.instance.rows === rows ? 1 : 0
    }
    expect(read).toBe(21)
    expect(failed).toEqual([paths.at(-1)])

    const source = stack[2] ?? { path: '', frame: 0 }
    const frame = await engine.frame(source)
    expect([frame.rows, frame.columns, frame.data.length, frame.max]).toEqual([rows, columns, 1200, 902])
    const picture = await engine.thumbnail(source, 16)
    expect(picture.bytes.length).toBeGreaterThan(50)
    await expect(engine.frame({ ...source, frame: 7 })).rejects.toMatchObject({ code: 'FRAME_OUT_OF_RANGE' })
  })
})

describe('providers', () => {
  it('are listed in order, each with the reason why not', async () => {
    const providers = await engine.providers()
    expect(providers.map(({ provider }) => provider)).toEqual([
      'coreml',
      'directml',
      'cuda',
      'webgpu',
      'cpu',
      'wasm',
    ])
    for (const { available, fault } of providers) expect(available).toBe(fault === null)
    expect(providers.find(({ provider }) => provider === 'cpu')?.available).toBe(true)
    expect(providers.find(({ provider }) => provider === 'coreml')?.available).toBe(
      process.platform === 'darwin',
    )
  })

  it('pass their trial on the golden sample: CPU and WebAssembly', async () => {
    for (const provider of ['cpu', 'wasm'] as const) {
      const trial = await engine.trial(model, provider)
      expect(trial).toMatchObject({ provider, passed: true, fault: null })
      expect(trial.maxDifference).toBeLessThan(0.001)
      expect(trial.milliseconds).toBeGreaterThan(0)
    }
  })

  it('give the same findings on WebAssembly', async () => {
    const findings = (results: ImageResult[]) => results.map((result) => scored(result).findings)
    expect(findings(await score({ provider: 'wasm' }))).toEqual(findings(await score()))
  })

  it('fail it where the answer differs', async () => {
    const wrong = writeTinyModel(join(folder, 'wrong'), { goldenOffset: 1 })
    expect(await engine.trial(wrong, 'cpu')).toMatchObject({
      passed: false,
      fault: { code: 'SELF_TEST_FAILED' },
    })
  })

  it('are refused with a reason where they cannot run', async () => {
    const trial = await engine.trial(model, process.platform === 'darwin' ? 'directml' : 'coreml')
    expect(trial).toMatchObject({ passed: false, fault: { code: 'PROVIDER_REFUSED' } })
  })
})
